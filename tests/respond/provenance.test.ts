import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadSecrets } from '../../db/secrets.ts'
import { channels } from '../../server/catalogue/contract.ts'
import { mintPageId } from '../../server/respond/arrive.ts'
import { ageOfPage, readPageTime, sealPageId } from '../../server/respond/page-rules.ts'
import { decideSource } from '../../server/respond/provenance-rules.ts'
import { makeResponseId } from '../../server/response-id.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const key = 'a'.repeat(64)

describe('the id of a page', () => {
  const parts = { placeId: fc.integer({ min: 1, max: 32767 }), madeMs: fc.integer({ min: 0, max: 2 ** 48 - 1 }) }
  const sealed = fc.record({ ...parts, random: fc.uint8Array({ minLength: 6, maxLength: 6 }) })

  test('is a UUIDv7 (RFC 9562) that tells its time to whoever holds the key, and to nobody for another place', () => {
    fc.assert(
      fc.property(sealed, ({ placeId, madeMs, random }) => {
        const id = sealPageId(key, placeId, madeMs, Buffer.from(random))
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(madeMs)
        expect(readPageTime(key, placeId, id)).toBe(madeMs)
        expect(readPageTime(key, placeId, id.toUpperCase())).toBe(madeMs)
        expect(readPageTime(key, placeId + 1, id)).toBeNull()
        expect(readPageTime('b'.repeat(64), placeId, id)).toBeNull()
      }),
    )
  })

  test('is no longer one when a single digit of it is changed, its time before all', () => {
    fc.assert(
      fc.property(sealed, fc.nat(31), fc.integer({ min: 1, max: 15 }), ({ placeId, madeMs, random }, at, by) => {
        const hex = sealPageId(key, placeId, madeMs, Buffer.from(random)).replaceAll('-', '')
        const digit = ((Number.parseInt(hex[at] as string, 16) + by) % 16).toString(16)
        expect(readPageTime(key, placeId, hex.slice(0, at) + digit + hex.slice(at + 1))).toBeNull()
      }),
    )
  })

  test('cannot be guessed: of ten thousand invented ids none passes (expected: 1 in 2³² each)', () => {
    const passed = Array.from({ length: 10_000 }, () => makeResponseId(1_790_000_000_000)).filter(
      (id) => readPageTime(key, 1, id) !== null,
    )
    expect(passed).toEqual([])
  })

  test('made by another process whose clock is ahead says nothing about the answering time', () => {
    expect([ageOfPage(9000, 1000), ageOfPage(null, 1000), ageOfPage(400, 1000)]).toEqual([null, null, 600])
  })
})

describe('where a response comes from', () => {
  const proofs = [
    { kind: 'ticket', batchId: 1, number: 0, used: false },
    { kind: 'presence', obtainedAt: '2026-11-20T03:00:00Z' },
    { kind: 'kiosk', deviceId: 1 },
    null,
  ] as const

  test('is never what it claims: the claim moves it neither to a proof nor out of one', () => {
    const arrival = fc.record({
      claimed: fc.constantFrom(undefined, ...channels),
      usual: fc.constantFrom('qr' as const, 'web' as const),
      minted: fc.boolean(),
      proof: fc.constantFrom(...proofs),
    })
    fc.assert(
      fc.property(arrival, (given) => {
        const { channel, provenance } = decideSource(given)
        expect(provenance).toBe(given.minted ? (given.proof?.kind ?? 'open') : 'unminted')
        expect(['ticket', 'kiosk'].includes(channel)).toBe(given.minted && channel === given.proof?.kind)
        expect(['paper', 'interview']).not.toContain(channel)
      }),
    )
  })

  test('typed in by staff it is entered, whatever else it carries', () => {
    for (const usual of ['paper', 'interview'] as const)
      for (const proof of proofs)
        expect(decideSource({ claimed: 'qr', usual, minted: false, proof })).toEqual({
          channel: usual,
          provenance: 'entered',
        })
  })
})

describe('over HTTP', () => {
  let server: TestServer
  const start = Date.UTC(2026, 10, 23, 3)
  let clock = start
  beforeAll(async () => {
    server = await startTestServer({ now: () => clock })
  })
  afterAll(() => server.stop())

  const stored = async (place: string) => {
    const rows = await server.database.sql`
      select channel::text, provenance::text, seconds, reason from responses
      join places p on p.id = place_id where p.code = ${place} order by received_at`
    return rows.map(({ channel, provenance, seconds, reason }) => [channel, provenance, seconds, reason].join(' '))
  }
  const openForm = async (address: string) => {
    const page = await (await server.send(address)).text()
    const hidden = [...page.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]])
    const names = new Set([...page.matchAll(/name="(a-[^"]+)"/g)].map((match) => match[1]))
    return new URLSearchParams([...hidden, ...[...names].map((name) => [name, '5'])] as string[][])
  }
  const sendForm = (place: string, body: URLSearchParams) => {
    clock += 60
    return server.send(links.survey(place), { method: 'POST', body })
  }

  test('a form of our page is open; a tablet that only says it is one is too; an id of nobody is not ours', async () => {
    const form = await openForm(links.survey('QUAYHT'))
    const kiosk = await openForm(links.survey('QUAYHT', 'kiosk'))
    const invented = await openForm(links.survey('QUAYHT'))
    clock += 42_000
    await sendForm('QUAYHT', form)
    await sendForm('QUAYHT', kiosk)
    const { id, answers } = await fullBody(server, 'QUAYHT', 5)
    for (const name of [...invented.keys()]) if (name.startsWith('a-')) invented.delete(name)
    for (const [code, level] of Object.entries(answers)) invented.set(`a-${code}`, String(level))
    invented.set('id', id)
    await sendForm('QUAYHT', invented)
    expect(await stored('QUAYHT')).toEqual(['qr open 42 ', 'qr open 42 ', 'web unminted  '])
  })

  test('a program is open without a page of ours, whatever channel it names, and with one when it read the page', async () => {
    for (const channel of ['qr', 'kiosk', 'ticket', 'web', undefined]) {
      clock += 1000
      await server.answer({ ...(await fullBody(server, 'QUAYDD', 5)), channel })
    }
    const id = await server.mint('QUAYDD', clock - 9000)
    await server.answer(await fullBody(server, 'QUAYDD', 5, id))
    const claimed = await server.answer({ ...(await fullBody(server, 'QUAYDD', 5)), channel: 'interview' })
    expect(claimed.status).toBe(422)
    expect(await stored('QUAYDD')).toEqual([...Array(5).fill('web unminted  '), 'web open 9 '])
  })

  test('an older time invented for the id of a page buys nothing: the page is then not ours', async () => {
    const form = await openForm(links.survey('QUAYKD'))
    const shownId = form.get('id') as string
    const older = (BigInt(`0x${shownId.replaceAll('-', '').slice(0, 12)}`) - 60_000n).toString(16).padStart(12, '0')
    const inventedId = `${older.slice(0, 8)}-${older.slice(8)}${shownId.slice(13)}`
    await server.answer(await fullBody(server, 'QUAYKD', 5, inventedId))
    clock += 500
    await sendForm('QUAYKD', form)
    expect(await stored('QUAYKD')).toEqual(['web unminted  ', 'qr open 1 too_fast'])
  })

  test('a page from a process whose clock is ahead is counted, its answering time unknown', async () => {
    const id = await server.mint('QUAYXH', clock + 8000)
    await server.answer(await fullBody(server, 'QUAYXH', 5, id))
    expect(await stored('QUAYXH')).toEqual(['web open  '])
  })

  test('tallies hold it in their key, and a recount finds nothing else', async () => {
    const rows = await server.database.sql`select distinct provenance::text as one from cells order by 1`
    expect(rows.map(({ one }) => one).sort()).toEqual(['open', 'unminted'])
    expect(await server.countDiffering()).toBe(0)
  })

  test('two processes on one database know each other’s pages', async () => {
    const other = await startTestServer({ now: () => clock, connection: server.connection })
    const form = await openForm(links.survey('QUAYTH'))
    clock += 5000
    await other.send(links.survey('QUAYTH'), { method: 'POST', body: form })
    await other.stop()
    expect(await stored('QUAYTH')).toEqual(['qr open 5 '])
  })
})

test('what was stored before gets its provenance by its channel, in responses and both tallies, and a recount agrees', async () => {
  const server = await startTestServer()
  const { sql } = server.database
  const before = { qr: 'open', web: 'open', kiosk: 'open', ticket: 'open', paper: 'entered', interview: 'entered' }
  for (const _ of channels) await server.answer(await fullBody(server, 'TRMN', 4, randomUUID()))
  const ids = (await sql`select id from responses order by id`).map(({ id }) => id as string)
  for (const [index, channel] of channels.entries())
    await sql`update responses set channel = ${channel} where id = ${ids[index] as string}`
  expect(await server.countDiffering()).toBeGreaterThan(0)
  await sql`insert into months select (jsonb_populate_record(null::months,
    to_jsonb(cells) || jsonb_build_object('month', date_trunc('month', day)::date))).* from cells`
  await undoProvenance(sql)
  const folder = join(import.meta.dirname, '../../db/migrations')
  const file = readdirSync(folder).find((name) => name.endsWith('_provenance.sql')) as string
  for (const statement of readFileSync(join(folder, file), 'utf8').split('--> statement-breakpoint'))
    await sql.unsafe(statement)
  for (const table of ['responses', 'cells', 'months']) {
    const rows = await sql`select channel::text as channel, provenance::text as provenance from ${sql(table)}`
    expect(Object.fromEntries(rows.map(({ channel, provenance }) => [channel, provenance]))).toEqual(before)
  }
  await server.stop()
  const after = await startTestServer({ connection: server.connection })
  expect(await after.countDiffering()).toBe(0)
  await after.stop()
})

/** The tables as they were before responses had a provenance. */
async function undoProvenance(sql: TestServer['database']['sql']) {
  const rest = 'place_id, version_id, field_id, service_mode, channel, respondent, standing, wave_id, stratum_id'
  for (const [table, first] of [
    ['cells', 'day'],
    ['months', 'month'],
  ] as const) {
    const old = `${table}_${table === 'cells' ? `place_id_day` : `month_place_id`}_version_id_field_id_service_mode_channel_respondent_standing_wave_id_stratum_id_pk`
    await sql.unsafe(`alter table ${table} drop constraint ${table}_key, drop column provenance`)
    await sql.unsafe(`alter table ${table} add constraint "${old}" primary key (${first}, ${rest})`)
  }
  await sql.unsafe('alter table responses drop column provenance; alter table place_minutes drop column open')
  await sql.unsafe('alter table device_marks drop column household')
  await sql.unsafe('alter table sign_patterns drop column provenance')
  await sql.unsafe('drop type provenance')
}

test('the key of pages is one of the database, not of a process', async () => {
  const server = await startTestServer()
  const { page } = await loadSecrets(server.database)
  expect(page).toMatch(/^[0-9a-f]{64}$/)
  expect(readPageTime(page, 3, mintPageId(page, 3, 5))).toBe(5)
  await server.stop()
})
