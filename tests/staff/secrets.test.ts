import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Frame, readBackupFile, writeBackupFile } from '../../db/backup/file.ts'
import { readConfig } from '../../server/config.ts'
import { hashPassword } from '../../server/staff/sign-in/passwords.ts'
import { spellingsOf } from '../../server/typed/secret.ts'
import { links } from '../../web/links.ts'
import { invite, signedInAdministrator, signIn } from '../fixtures/accounts.ts'
import { openJar } from '../fixtures/http/cookie-jar.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const words = 'Mật khẩu của tôi 2026'
const apart = words.normalize('NFD')

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const enter = async (typed: string, username = 'admin') => (await signIn(openJar(server), username, typed)).status
const setHash = (passwordHash: string) =>
  server.database.sql`update staff set password_hash = ${passwordHash}, failed_sign_ins = 0 where username = 'admin'`
const storedHash = async () =>
  (await server.database.sql`select password_hash as one from staff where username = 'admin'`)[0]?.one as string

test('a password chosen in one spelling signs in when typed in the other, both ways', async () => {
  const admin = await signedInAdministrator(server)
  for (const [username, set, typed] of [
    ['tu-may-mac', apart, words],
    ['tu-windows', words, apart],
  ] as const) {
    const path = await invite(admin, username)
    expect((await openJar(server).post(path, { password: set, repeated: typed })).status).toBe(303)
    expect([await enter(typed, username), await enter(set, username)]).toEqual([303, 303])
    expect(await enter(`${typed}!`, username)).toBe(401)
  }
})

test('a user name in full-width letters or with an invisible mark is the same name', async () => {
  await setHash(await hashPassword(words))
  expect(await enter(words, '\u200eＡｄｍｉｎ ')).toBe(303)
})

test.each(spellingsOf(words).map((spelling) => [spelling]))(
  'a hash made of the raw words before (%j) still opens, from every keyboard, and is made anew once',
  async (spelling) => {
    const before = await hash(spelling)
    for (const typed of spellingsOf(words)) {
      await setHash(before)
      expect(await enter(typed)).toBe(303)
      expect((await storedHash()) === before).toBe(spelling === words)
    }
    expect(await enter(words)).toBe(303)
  },
)

test('changing the own password compares composed words', async () => {
  await setHash(await hash(apart))
  const jar = openJar(server)
  await signIn(jar, 'admin', words)
  const same = await jar.post(links.changePassword, { current: words, password: apart, repeated: apart })
  expect([same.status, await same.text()]).toEqual([422, expect.stringContaining('giống mật khẩu cũ')])
  const newer = 'Lời khác hẳn nhé 2027'
  const reply = await jar.post(links.changePassword, {
    current: apart,
    password: newer.normalize('NFD'),
    repeated: newer,
  })
  expect(reply.status).toBe(303)
  expect(await enter(newer)).toBe(303)
})

test('ADMIN_PASSWORD is measured and kept composed', () => {
  expect(readConfig({ ADMIN_PASSWORD: apart }).adminPassword).toBe(words)
  expect(() => readConfig({ ADMIN_PASSWORD: 'ệệệệ'.normalize('NFD') })).toThrow(/ít nhất 8/)
})

test('a backup opens with its passphrase in any spelling, and with no other', async () => {
  const path = join(tmpdir(), `y-dan-${randomUUID()}.ydb`)
  const frames = async function* (): AsyncGenerator<Frame> {
    yield { kind: 'H', bytes: Buffer.from('{}') }
    yield { kind: 'E', bytes: Buffer.alloc(0) }
  }
  const read = async (passphrase: string) => {
    const kinds: string[] = []
    for await (const { kind } of readBackupFile(path, passphrase)) kinds.push(kind)
    return kinds.join('')
  }
  await writeBackupFile(path, frames(), apart)
  expect(readFileSync(path).length).toBeGreaterThan(0)
  for (const spelling of spellingsOf(words)) expect(await read(spelling)).toBe('HE')
  await expect(read(`${words}!`)).rejects.toThrow('Mật khẩu của bản sao lưu không đúng')
  rmSync(path)
})
