import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { boardLinks } from '../../web/board-links.ts'
import { links } from '../../web/links.ts'
import { startProcess } from '../fixtures/process.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ydan-tinh-'))
const boardDir = join(dataDir, 'tinh')
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('npm run province', () => {
  test('starts from nothing, shows the first password, lets it in, ends in order; a commune does not take its folder', async () => {
    const server = await startProcess({ DATA_DIR: boardDir }, [], ['province'])
    const password = /admin \/ (\S+)/.exec(server.output())?.[1] ?? ''
    expect(server.output()).toContain('Bảng Ý Dân của tỉnh đang chạy')
    const reply = await fetch(server.url + links.signIn(), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ username: 'admin', password }),
    })
    expect([reply.status, reply.headers.get('location')]).toEqual([303, boardLinks.board()])
    expect((await fetch(server.url + links.api.places)).status).toBe(404)
    expect(await server.end('SIGTERM')).toBe(0)
    await expect(startProcess({ DATA_DIR: boardDir })).rejects.toThrow('Cơ sở dữ liệu này là của bảng cấp tỉnh')
    const again = await startProcess({ DATA_DIR: boardDir }, [], ['province'])
    expect(again.output()).not.toContain('Đăng nhập lần đầu')
    expect(await again.end('SIGTERM')).toBe(0)
  })

  test("refuses a commune's database, and a word that it does not know", async () => {
    const communeDir = join(dataDir, 'xa')
    const commune = await startProcess({ DATA_DIR: communeDir })
    expect(await commune.end('SIGTERM')).toBe(0)
    await expect(startProcess({ DATA_DIR: communeDir }, [], ['province'])).rejects.toThrow(
      'Cơ sở dữ liệu này là của một xã',
    )
    await expect(startProcess({ DATA_DIR: boardDir }, [], ['tinh'])).rejects.toThrow('Không hiểu “tinh”')
  })

  test("is nothing that a commune's process loads", () => {
    // Built in ASCII.
    const main = readFileSync(join(import.meta.dirname, '../../dist/server/main.js'), 'utf8').replace(
      /\\u([0-9a-f]{4})/gi,
      (_, code) => String.fromCharCode(Number.parseInt(code, 16)),
    )
    expect(main).toContain('Nơi phục vụ')
    expect(main).not.toContain('Thêm nhiều xã một lần')
    expect(main).not.toContain('far_below')
  })
})
