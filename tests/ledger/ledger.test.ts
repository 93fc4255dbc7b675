import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

test('what was answered has a line, and the checkpoint counts it', async () => {
  await server.answer(await fullBody(server, 'QUAYXH', 4))
  expect(await server.catchUp()).toBeNull()
  const note = await (await server.send(links.ledgerCheckpoint)).text()
  console.log(note, await (await server.send(links.ledgerKey)).text())
  const rows = await server.database.sql`select position, kind, source, left(body, 60) as body from ledger_entries order by 1`
  console.log(rows)
})
