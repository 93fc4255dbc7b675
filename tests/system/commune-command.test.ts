import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Commune } from '../../scripts/commune/book.ts'
import { upgradeAll } from '../../scripts/commune/upgrade.ts'
import { links } from '../../web/links.ts'
import { makeEmpty } from '../fixtures/database/empty-database.ts'
import { relayToPostgres } from '../fixtures/database/pgbouncer.ts'
import { startProcess } from '../fixtures/process.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

describe('npm run commune', () => {
  let folder: string
  let relay: Awaited<ReturnType<typeof relayToPostgres>>
  let env: Record<string, string>
  const call = (...args: string[]) =>
    run(process.execPath, ['--import', 'tsx', 'scripts/commune/commune.ts', ...args], { cwd: root, env }).then(
      ({ stdout }) => stdout,
      ({ stderr }) => `refused: ${stderr}`,
    )

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ydan-province-'))
    relay = await relayToPostgres()
    const { username, password } = inject('postgres')
    const { database } = await makeEmpty()
    const port = (relay.address() as AddressInfo).port
    env = {
      PATH: process.env.PATH ?? '',
      COMMUNES_DIR: join(folder, 'etc'),
      COMMUNES_DATA_DIR: join(folder, 'var'),
      ADMIN_DATABASE_URL: `postgres://${username}:${password}@127.0.0.1:${port}/${database}`,
    }
  })
  afterAll(() => {
    relay.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('adds communes that start from their file alone, each with a port, a role and keys of its own', async () => {
    const name = `xa-${Date.now().toString(36)}`
    const said = await call('add', name, '--url', `https://${name}.example.vn`)
    const password = /admin \/ (\S+)/.exec(said)?.[1] as string
    expect(said).toContain('cổng 3101')
    expect(await call('add', `${name}-hai`)).toContain('cổng 3102')
    const file = join(env.COMMUNES_DIR as string, `${name}.env`)
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(existsSync(join(env.COMMUNES_DATA_DIR as string, name, 'ledger.key'))).toBe(true)
    const lines = readFileSync(file, 'utf8').matchAll(/^(\w+)="(.*)"$/gm)
    const settings = Object.fromEntries([...lines].map(([, key, value]) => [key, value]))
    const server = await startProcess({ ...settings, PORT: '0' })
    // Somebody made the administrator before: the start shows no password.
    expect(server.output()).not.toContain('Đăng nhập lần đầu')
    const form = new URLSearchParams({ username: 'admin', password })
    const reply = await fetch(server.url + links.signIn(), { method: 'POST', redirect: 'manual', body: form })
    expect(reply.status).toBe(303)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(await call('list')).toMatch(new RegExp(`${name}\t3101\t.*không trả lời`))
    expect(await call('backup', '--all', '--out', join(folder, 'backups'))).toContain('Đã sao lưu')
    expect(existsSync(join(folder, 'backups', `${name}-hai`))).toBe(true)
  })

  test.each([
    [['add', 'Vĩnh Thuận'], /Tên xã chỉ gồm chữ thường/],
    [['add', 'a', '--port', 'x'], /PORT phải là số/],
    [['backup', 'khong-co'], /Không có xã “khong-co”/],
    [['xoa'], /Xin chọn một trong: add, list, upgrade/],
  ])('%j is refused with one sentence and changes nothing', async (args, sentence) => {
    const before = await call('list')
    expect(await call(...args)).toMatch(sentence)
    expect(await call('list')).toBe(before)
  })
})

describe('the upgrade of all communes', () => {
  const open: Server[] = []
  const serve = async (name: string, status: number): Promise<Commune> => {
    const server = createServer((_, reply) => reply.writeHead(status).end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    open.push(server)
    return { name, settings: { HOST: '127.0.0.1', PORT: String((server.address() as AddressInfo).port) } }
  }
  afterAll(() => {
    for (const server of open) server.close()
  })

  test('goes on only while the one before answers, and names those it did not touch', async () => {
    const communes = [await serve('mot', 200), await serve('hai', 503), await serve('ba', 200)]
    const restarted: string[] = []
    const how = { restart: (name: string) => void restarted.push(name), patienceMs: 300, tell: () => {} }
    await expect(upgradeAll(communes, how)).rejects.toThrow('Dừng ở xã hai: /health: trả lời 503. Chưa đụng đến: ba.')
    expect(restarted).toEqual(['mot', 'hai'])
  })

  test('stops where a process cannot be restarted', async () => {
    const restart = () => {
      throw new Error('Unit ydan@mot.service not found')
    }
    const how = { restart, patienceMs: 300, tell: () => {} }
    await expect(upgradeAll([await serve('mot', 200)], how)).rejects.toThrow(/Dừng ở xã mot: Unit/)
  })
})
