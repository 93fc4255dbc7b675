import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/client.ts'
import { migrate } from '../../db/migrate.ts'
import { marksFor } from '../../db/respond/spend.ts'
import { countTickets } from '../../db/tickets/rates.ts'
import { addTickets, findNumbers, findTicket, readBatches } from '../../db/tickets/tickets.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { StoredResponse } from '../../server/respond/contract.ts'
import { createTicketSpends } from '../../server/respond/ticket-spends.ts'
import { bytesOfTicket, hashTicket, makeTicketCode } from '../../server/tickets/ticket-rules.ts'
import { links } from '../../web/links.ts'
import { makeEmpty } from '../fixtures/database/empty-database.ts'
import { makeCodes, openForm, postForm, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const start = Date.UTC(2026, 10, 23, 3)
const dayMs = 86_400_000
let clock = start
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
})
afterAll(() => server.stop())

const idOf = async (code: string): Promise<PlaceId> => {
  const [row] = await server.database.sql`select id from places where code = ${code}`
  return row?.id as PlaceId
}
const answer = async (place: string, code: string) => {
  const form = await openForm(server, links.ticket(code))
  clock += 20_000
  expect((await postForm(server, links.survey(place), form)).status).toBe(303)
}

test('used tickets are counted on the day they were used, also where they were given out one at a time', async () => {
  const placeId = await idOf('QUAYHT')
  const give = async () => {
    const code = makeTicketCode(randomBytes(bytesOfTicket))
    const batch = { placeId, fieldId: 0 as const, day: '2026-11-23', kind: 'single' as const, madeBy: 'canbo' }
    await addTickets(server.database, { ...batch, expiresOn: '2026-12-23', hashes: [hashTicket(code)] })
    return code
  }
  const [first, second] = [await give(), await give()]
  await answer('QUAYHT', second)
  clock += 2 * dayMs
  const third = await give()
  await answer('QUAYHT', third)
  await answer('QUAYHT', first)
  const [row] = await server.database.sql`select count, marks::text as marks, to_json(uses) as uses
    from ticket_batches where place_id = ${placeId}`
  expect(row).toEqual({ count: 3, marks: '111', uses: [1, null, 2] })
  const used = async (to: string) =>
    (await countTickets(server.database, { from: '2026-11-23', to })).get(placeId)?.used
  expect(await Promise.all(['2026-11-23', '2026-11-24', '2026-11-25'].map(used))).toEqual([1, 1, 3])
  const until = async (today: string) => (await readBatches(server.database, placeId, today)).map((one) => one.used)
  expect([await until('2026-11-23'), await until('2026-11-25'), await until('2026-11-26')]).toEqual([[0], [1], [3]])
  expect(await storedAt(server, 'QUAYHT')).toEqual(Array(3).fill('ticket ticket counted'))
})

test('answers with tickets of the same batches over two processes use up exactly these', async () => {
  const other = await startTestServer({ now: () => clock, connection: server.connection })
  const places = ['QUAYDD', 'QUAYKD', 'TRMN']
  const codes = await Promise.all(places.map((place) => makeCodes(server, place, 12)))
  const sent = places.flatMap((place, at) => (codes[at] ?? []).slice(0, 7).map((code) => [place, code] as const))
  const forms: URLSearchParams[] = []
  for (const [, code] of sent) forms.push(await openForm(server, links.ticket(code)))
  clock += 20_000
  await Promise.all(
    sent.map(([place], at) => postForm(at % 2 ? server : other, links.survey(place), forms[at] as URLSearchParams)),
  )
  const found = await Promise.all(codes.flat().map((code) => findTicket(server.database, hashTicket(code))))
  const used = codes.flat().filter((_, at) => found[at]?.used)
  expect(used.toSorted()).toEqual(sent.map(([, code]) => code).toSorted())
  const uses = await server.database.sql`
    select sum(n)::int as n from ticket_batches, unnest(uses) n where place_id = any(${await Promise.all(places.map(idOf))})`
  expect(uses[0]?.n).toBe(sent.length)
  expect(await server.countDiffering()).toBe(0)
  await other.stop()
})

describe('the marks of a statement', () => {
  test('are one a batch, in the order of the batches', () => {
    const spend = (batchId: number, number: number) => ({ batchId, number, day: '2026-11-23' })
    expect(marksFor([spend(7, 3), spend(2, 0), spend(7, 1)])).toEqual([
      { batchId: 2, first: 0, mask: '1', count: 1, day: '2026-11-23' },
      { batchId: 7, first: 1, mask: '101', count: 2, day: '2026-11-23' },
    ])
  })

  test('are given to the first of two answers with one ticket, to none where it was used, and again after a replay', () => {
    const arrived = (id: string, used = false, number = 1) => ({
      ...({ placeId: 1, id, day: '2026-11-23', provenance: 'ticket' } as Pick<
        StoredResponse,
        'placeId' | 'id' | 'day' | 'provenance'
      >),
      proof: { kind: 'ticket' as const, batchId: 5, number, used },
    })
    const tickets = createTicketSpends()
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()]
    const first = tickets.judge([arrived(one), arrived(two), arrived(one), arrived(three, true, 2)])
    expect([...first.spends.keys()]).toEqual([`1|${one}`])
    expect([...first.spentBefore]).toEqual([`1|${two}`, `1|${three}`])
    expect([...tickets.judge([arrived(two)]).spends.keys()]).toEqual([`1|${two}`])
    // What this process stored it need not ask about.
    tickets.remember(first.spends)
    expect([...tickets.judge([arrived(two)]).spentBefore]).toEqual([`1|${two}`])
  })
})

test('old tickets keep what is known of them but the day; those an older version makes meanwhile get a number', async () => {
  const files = readdirSync(join(import.meta.dirname, '../../db/migrations')).filter((name) => name.endsWith('.sql'))
  const connection = await makeEmpty()
  const database = openDatabase(connection)
  await migrate(
    database.sql,
    'public',
    files.toSorted().findIndex((name) => name.endsWith('_weeks_and_marks.sql')),
  )
  await database.sql.unsafe(old)
  await migrate(database.sql, 'public')
  const batches = await database.sql`select count, marks::text as marks, uses from ticket_batches order by id`
  expect([...batches]).toEqual([
    { count: 4, marks: '0101', uses: [1, 0, 1] },
    { count: 2, marks: '00', uses: [] },
  ])
  const rows = await database.sql`select hash, number, used_on from tickets order by id`
  expect(rows.map(({ hash, number }) => `${hash} ${number}`)).toEqual(['a 0', 'b 1', 'p 0', 'c 2', 'd 3', 'q 1'])
  expect(rows.every(({ used_on }) => used_on === null)).toBe(true)
  await database.sql.unsafe(`
    update ticket_batches set count = 4 where id = 2;
    insert into tickets (hash, batch_id, used_on) values ('r', 2, '2026-11-24'), ('s', 2, null);`)
  const found = await findNumbers(database, ['q', 'r', 's'])
  expect([...found].map(([hash, { number, used }]) => `${hash} ${number} ${used}`).toSorted()).toEqual([
    ...['q 1 false', 'r 2 true', 's 3 false'],
  ])
  await database.close()
})

/** Two batches as they were, the first with two tickets used on different days. */
const old = `
  insert into agencies (code, name, short_name, position) values ('a', '{}', 'A', 1);
  insert into places (code, agency_id, name, sector, questionnaire, field_codes, service_mode, asks_respondent, position)
    values ('QUAY1', 1, '{}', 'health', 'q', '{}', 'ask', false, 1);
  insert into ticket_batches (place_id, field_id, day, kind, count, expires_on, made_by) values
    (1, 0, '2026-11-20', 'sheet', 4, '2026-12-20', 'ai-do'), (1, 0, '2026-11-20', 'message', 2, '2026-12-20', 'ai-do');
  insert into tickets (hash, batch_id, used_on) values ('a', 1, null), ('b', 1, '2026-11-22'), ('p', 2, null),
    ('c', 1, null), ('d', 1, '2026-11-20'), ('q', 2, null);`
