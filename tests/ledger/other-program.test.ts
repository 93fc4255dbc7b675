import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import type { TestServer } from '../fixtures/test-server.ts'
import { answer, type Books, fillBooks, keepFile } from './books.ts'

let books: Books
let server: TestServer
let program: string
let key: string
let old: string
let proof: string

beforeAll(async () => {
  books = await fillBooks()
  program = join(books.folder, 'check')
  const source = join(import.meta.dirname, 'other/check.go')
  const environment = {
    ...process.env,
    GO111MODULE: 'off',
    GOPATH: '/usr/share/gocode',
    GOCACHE: join(books.folder, 'go'),
  }
  execFileSync('go', ['build', '-o', program, source], { env: environment })
  server = await books.start()
  old = keepFile(books.folder, books.vault.remembered())
  const { receipt } = await answer(server, books.clock, 'TCHUNG', 5)
  for (let at = 0; at < 300; at += 1) await answer(server, books.clock, 'TCHUNG', 4)
  await server.catchUp()
  books.clock.now += 86_400_000
  key = ((await (await server.send(links.ledgerKey)).text()).split('\n')[0] as string).trim()
  proof = keepFile(books.folder, await (await server.send(links.receiptProof('TCHUNG', receipt))).text())
})
afterAll(async () => {
  await server.stop()
  await books.stop()
})

/** What Go's own packages say of the ledger at an address. */
const check = (address: string, given: { old?: string; proof?: string; key?: string } = {}) =>
  new Promise<string>((resolve) => {
    execFile(program, [address, given.key ?? key, given.old ?? old, given.proof ?? proof], (_error, output) =>
      resolve(output.trim()),
    )
  })

test('signature, tiles, inclusion, growth and a citizen’s proof are accepted', async () => {
  expect(await check(server.url)).toMatch(/^ok \d+$/)
})

/** The same server behind somebody who changes what goes by. */
async function through(change: (path: string, body: Buffer) => Buffer) {
  const proxy = createServer(async (request: IncomingMessage, reply) => {
    const given = await fetch(server.url + request.url)
    const body = Buffer.from(await given.arrayBuffer())
    reply.writeHead(given.status).end(change(request.url ?? '', body))
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  const said = await check(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
  proxy.closeAllConnections()
  await new Promise((done) => proxy.close(done))
  return said
}

test('an altered checkpoint is refused', async () => {
  const altered = (path: string, body: Buffer) =>
    path.endsWith('/checkpoint')
      ? Buffer.from(body.toString().replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) - 1}\n`))
      : body
  expect(await through(altered)).toMatch(/^signature:/)
})

test('an altered tile is refused', async () => {
  const altered = (path: string, body: Buffer) => {
    if (path.includes('/tile/0/000')) body[70] = (body[70] as number) ^ 1
    return body
  }
  expect(await through(altered)).toMatch(/^tile:|^inclusion:/)
})

test('a checkpoint of another past, signed by the same key, is refused', async () => {
  const { connection, end } = await books.copy(books.yesterday)
  await end()
  let forked = ''
  const keep = (checkpoint: string) => {
    forked = checkpoint
  }
  const vault = { ...books.vault, remembered: () => '', remember: keep }
  const fork = await books.start(connection, vault)
  for (let at = 0; at < 12; at += 1) await answer(fork, books.clock, 'QUAYXH', 1)
  await fork.catchUp()
  await fork.stop()
  expect(forked).not.toBe('')
  expect(await check(server.url, { old: keepFile(books.folder, forked) })).toMatch(/^consistency:/)
})

test('an altered proof of a citizen is refused', async () => {
  const text = readFileSync(proof, 'utf8')
  const other = text.replace(/\nindex (\d+)\n/, (_, index) => `\nindex ${Number(index) + 1}\n`)
  expect(await check(server.url, { proof: keepFile(books.folder, other) })).toMatch(/^proof:/)
})
