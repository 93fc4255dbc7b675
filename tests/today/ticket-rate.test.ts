import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTickets } from '../../db/tickets/tickets.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { hashTicket } from '../../server/tickets/ticket-rules.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let clock = Date.UTC(2026, 10, 23, 3)
let server: TestServer
let manager: { cookie: string }

beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  manager = await server.signInAs('manager', ['trung-tam-pvhcc'])
  expect((await server.answer(await fullBody(server, 'QUAYDD', 4))).status).toBe(201)
})
afterAll(() => server.stop())

async function give(code: string, count: number, used: number, usedOn: string) {
  const [place] = await server.database.sql<{ id: PlaceId }[]>`select id from places where code = ${code}`
  const placeId = place?.id as PlaceId
  const hashes = Array.from({ length: count }, (_, at) => hashTicket(`${code}${usedOn}${at}`))
  const batch = { placeId, fieldId: 0 as const, day: '2026-11-20', kind: 'sheet' as const, madeBy: 'thu', hashes }
  const id = await addTickets(server.database, { ...batch, expiresOn: '2026-12-20' })
  await server.database.sql`
    update ticket_batches set uses[${usedOn}::date - day + 1] = ${used} where id = ${id}`
}
/** After ten minutes what was given out and used is counted again. */
const read = async (path: string) => {
  clock += 600_000
  return (await (await server.send(path, { headers: { cookie: manager.cookie } })).text()).replaceAll('\u00a0', ' ')
}
const told = /phiếu một lần: ([\d,]+ %) của (\d+) đã phát trong 30 ngày được trả lời/

test('fewer than twenty tickets say nothing', async () => {
  await give('QUAYHT', 19, 9, '2026-11-21')
  expect(await read(links.today())).not.toMatch(told)
})

test('an agency shows its response rate, and each place its own', async () => {
  await give('QUAYDD', 31, 6, '2026-11-21')
  expect(told.exec(await read(links.today()))?.slice(1)).toEqual(['30,0 %', '50'])
  expect(told.exec(await read(links.todayPlace('QUAYDD')))?.slice(1)).toEqual(['19,4 %', '31'])
})

test('a ticket used on the running day does not move it', async () => {
  await give('QUAYHT', 10, 10, '2026-11-23')
  expect(told.exec(await read(links.today()))?.slice(1)).toEqual(['25,0 %', '60'])
})
