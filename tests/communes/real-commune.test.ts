import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readContacts } from '../../db/communes/contacts.ts'
import { readHistory, readNewest } from '../../db/communes/readings.ts'
import { findRemembered, readFindings } from '../../db/communes/witness.ts'
import type { CommuneId } from '../../server/communes/contract.ts'
import { openPassingVault } from '../../server/ledger/vault.ts'
import { boardLinks } from '../../web/board-links.ts'
import { links } from '../../web/links.ts'
import { signInAdmin, startTestBoard, type TestBoard } from '../fixtures/province/board.ts'
import { fillTown, openTown, type Town, times } from '../fixtures/public-town.ts'
import { apiKey, startTestServer } from '../fixtures/test-server.ts'

const day = 86_400_000
let now = Date.parse('2026-11-05T10:00:00+07:00')
let town: Town
let board: TestBoard
let id: CommuneId
beforeAll(async () => {
  town = await openTown('2026-10-06')
  await fillTown(town)
  await town.catchUp()
  board = await startTestBoard(() => now)
  id = await board.follow({ code: 'that', name: 'Xã thật', address: town.url, apiKey })
  await board.follower.pullAll()
})
afterAll(async () => {
  await board.stop()
  await town.stop()
})

const stateOf = async (what: string) =>
  (await readContacts(board.database)).find((one) => one.communeId === id && one.what === what)

describe('a real commune of ours', () => {
  test('is read as exactly as its interface says', async () => {
    const [reading] = await readNewest(board.database, ['2026-10'])
    expect(reading).toMatchObject({ source: 'exact', isFinal: true, from: '2026-10-01', to: '2026-10-31' })
    expect(reading?.figures.find(({ code }) => code === 'II.8')).toMatchObject({ responses: 21, target: 90 })
    const said = await town.read<{ indicators: { code: string; score: number }[] }>(links.api.province('2026-10'))
    for (const { code, score } of said.indicators)
      expect(reading?.figures.find((one) => one.code === code)?.score).toBe(score)
    for (const what of ['commune', 'period 2026', 'open', 'ledger'])
      expect(await stateOf(what)).toMatchObject({ what, failingSince: null, reason: null })
    expect(await board.text(boardLinks.board('2026-10'))).toContain('1 trên 1 xã, phường có số liệu đầy đủ')
  })

  test('its published groups are read too, and stand in where there is no key', async () => {
    const history = await readHistory(board.database, id)
    expect(history.filter(({ source }) => source === 'open').map(({ period }) => period)).toContain('2026-10')
    const [, key] = [town.url, null]
    const open = await startTestBoard(() => now)
    await open.follow({ code: 'mo', name: 'Xã mở', address: town.url, apiKey: key })
    await open.follower.pullAll()
    const [reading] = await readNewest(open.database, ['2026-10'])
    expect(reading).toMatchObject({ source: 'open', isFinal: true })
    expect(await open.text(boardLinks.board('2026-10'))).toContain('từ dữ liệu mở')
    await open.stop()
  })

  test('says "the same" by its tags while nothing is new', async () => {
    const tag = (await stateOf('period 2026-10'))?.etag
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/)
    const reply = await town.send(links.api.province('2026-10'), {
      headers: { authorization: `Bearer ${apiKey}`, 'if-none-match': tag as string },
    })
    expect(reply.status).toBe(304)
    const before = await readHistory(board.database, id)
    await board.follower.pullOne(id)
    expect((await readHistory(board.database, id)).length).toBe(before.length)
  })

  test('its ledger grows in order, tile by tile', async () => {
    const first = await findRemembered(board.database, id)
    expect(first?.checkpoint).toBe(await (await town.send(links.ledgerCheckpoint)).text())
    town.goTo('2026-11-06')
    await town.answers('QUAYHT', times(260, 5), { serviceMode: 'direct' })
    await town.catchUp()
    now += day
    await board.follower.pullAll()
    const second = await findRemembered(board.database, id)
    expect(second?.checkpoint).not.toBe(first?.checkpoint)
    expect(await readFindings(board.database)).toEqual([])
  })

  test('a decision about responses of a month that was over shows as a change, with both figures', async () => {
    await town.database.sql`update responses set standing = 'set_aside', reason = 'reviewed'
      where id in (select id from responses where day = '2026-10-20' limit 3)`
    await town.countDiffering()
    now += day
    town.goTo('2026-11-07')
    await board.follower.pullAll()
    const page = await board.text(boardLinks.board('2026-10'))
    expect(page).toMatch(/Xã thật : II\.\d của Tháng 10\/2026 từ .* phiếu\) thành .*chưa nêu lý do/)
  })

  test('another server at the same address, with another ledger, is told', async () => {
    const other = await startTestServer({ vault: openPassingVault(), now: () => now })
    await other.catchUp()
    await board.database.sql`update communes set address = ${other.url} where id = ${id}`
    await board.follower.pullOne(id)
    expect((await readFindings(board.database)).map(({ kind }) => kind)).toContain('other_key')
    expect(await board.text(boardLinks.commune('that'))).toContain('Khóa ký sổ cái đã đổi')
    await other.stop()
  })
})

describe('the board', () => {
  test('is entered by the same kind of sign-in, and leads to its first page', async () => {
    const { cookie, location } = await signInAdmin(board)
    expect(location).toBe(boardLinks.board())
    const page = await (await board.send(boardLinks.communes, { headers: { cookie } })).text()
    expect(page).toContain('Thêm xã, phường')
    expect(page).not.toContain(links.today())
    expect((await board.send(links.home, { headers: { cookie } })).headers.get('location')).toBe(boardLinks.board())
    expect((await board.send(links.health)).status).toBe(200)
    expect((await board.send(links.survey('QUAYHT'))).status).toBe(404)
  })

  test.each([
    ['administrator', 200, 200],
    ['leader', 200, 403],
    ['auditor', 200, 403],
    ['manager', 403, 403],
    ['clerk', 403, 403],
    ['interviewer', 403, 403],
  ] as const)('lets a %s read %d and manage %d', async (role, reads, manages) => {
    const headers = { cookie: await board.signInAs(role) }
    expect((await board.send(boardLinks.board(), { headers })).status).toBe(reads)
    expect((await board.send(boardLinks.communes, { headers })).status).toBe(manages)
    expect((await board.send(boardLinks.board())).status).toBe(303)
  })

  test('takes a commune by its form, keeps the key sealed, and reads it at once', async () => {
    const { cookie } = await signInAdmin(board)
    const send = (values: Record<string, string>) =>
      board.send(boardLinks.addCommune, { method: 'POST', headers: { cookie }, body: new URLSearchParams(values) })
    const given = { name: 'Xã mới', code: 'moi', address: `${town.url}/`, apiKey, ledgerKey: '' }
    const reply = await send(given)
    expect([reply.status, reply.headers.get('location')]).toEqual([303, boardLinks.commune('moi')])
    await expect.poll(() => board.text(boardLinks.commune('moi'))).toContain('Tháng 10/2026')
    const rows = await board.database.sql`select sealed_key from communes where code = 'moi'`
    expect(JSON.stringify(rows)).not.toContain(apiKey)
    expect(await board.text(boardLinks.commune('moi'))).not.toContain(apiKey)
    const twice = await send({ ...given, code: 'moi-2' })
    expect([twice.status, (await twice.text()).includes('Đã có xã mang mã hoặc địa chỉ này')]).toEqual([422, true])
  })

  test('takes a pasted list whole, or says which lines it cannot take and takes none', async () => {
    const { cookie } = await signInAdmin(board)
    const paste = async (lines: string) => {
      const body = new URLSearchParams({ lines })
      const reply = await board.send(boardLinks.pasteCommunes, { method: 'POST', headers: { cookie }, body })
      return { status: reply.status, html: await reply.text() }
    }
    const count = async () => (await board.database.sql`select 1 from communes where code like 'dan-%'`).length
    const many = Array.from(
      { length: 102 },
      (_, at) => `Xã dán ${at};dan-${at};http://127.0.0.1:1${at};khoa-bi-mat-${at}`,
    )
    const wrong = await paste([...many, 'Xã thiếu;dan-x', `Xã trùng\tdan-7\thttp://127.0.0.1:9`].join('\r\n'))
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('Dòng 103: Địa chỉ phải dạng')
    expect(wrong.html).toContain('Dòng 104: mã hoặc địa chỉ này đã có.')
    expect(wrong.html).not.toContain('khoa-bi-mat')
    expect(await count()).toBe(0)
    expect((await paste(many.join('\n'))).status).toBe(303)
    expect(await count()).toBe(102)
    expect((await paste('')).status).toBe(422)
  })

  test.each([
    ['name', ''],
    ['code', 'Mã có dấu'],
    ['address', 'ftp://xa.vn'],
    ['address', 'https://xa.vn/duong-dan'],
    ['address', 'https://ten:mat-khau@xa.vn'],
    ['apiKey', 'ngắn'],
    ['ledgerKey', 'không phải khóa'],
  ])('refuses a %s %j with a sentence and keeps nothing', async (name, value) => {
    const { cookie } = await signInAdmin(board)
    const values = { name: 'Xã lạ', code: 'la', address: 'https://xa-la.vn', apiKey: '', ledgerKey: '', [name]: value }
    const body = new URLSearchParams(values)
    const reply = await board.send(boardLinks.addCommune, { method: 'POST', headers: { cookie }, body })
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain(`href="#${name}"`)
    expect(await board.database.sql`select 1 from communes where code = 'la'`).toHaveLength(0)
  })
})
