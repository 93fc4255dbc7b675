import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { announce, originsOf } from '../../server/announce.ts'

const open: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** Something that answers every address with this status. */
async function listen(status: number): Promise<string> {
  const server = createServer((_, reply) => reply.writeHead(status).end())
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const running = { port: 3000, newPassword: null, examplePlace: 'QUAYHT' }

test.each([
  ['0.0.0.0', 'http://localhost:3000', 'http://192.168.1.5:3000'],
  ['::', 'http://localhost:3000', 'http://192.168.1.5:3000'],
  ['127.0.0.1', 'http://localhost:3000', 'http://localhost:3000'],
  ['10.0.0.7', 'http://10.0.0.7:3000', 'http://10.0.0.7:3000'],
  ['fd00::7', 'http://[fd00::7]:3000', 'http://[fd00::7]:3000'],
])('listening on %s, staff open %s and citizens %s', (host, staff, citizens) => {
  expect(originsOf(host, 3000, 'http://192.168.1.5:3000')).toEqual({ staff, citizens })
})

test('a start prints one real code under the public address when that answers', async () => {
  const publicUrl = await listen(200)
  const lines = await announce({ host: '127.0.0.1', publicUrl }, running, 'admin')
  expect(lines.join('\n')).toContain(`${publicUrl}/s/QUAYHT`)
  expect(lines.join('\n')).not.toContain('chưa trả lời')
})

test('a public address that does not answer is not handed out, and is said to be silent', async () => {
  const publicUrl = await listen(502)
  const text = (await announce({ host: '127.0.0.1', publicUrl }, running, 'admin')).join('\n')
  expect(text).toContain('Người dân: http://localhost:3000/s/QUAYHT')
  expect(text).toContain(`${publicUrl} chưa trả lời từ máy này`)
})

test('without a place that takes answers no address of one is printed', async () => {
  const given = { ...running, examplePlace: null, newPassword: 'mot-mat-khau' }
  const text = (await announce({ host: '127.0.0.1', publicUrl: null }, given, 'admin')).join('\n')
  expect(text).toMatch(/chưa có nơi phục vụ nào nhận phiếu.*admin \/ mot-mat-khau/s)
  expect(text).not.toContain('/s/')
})
