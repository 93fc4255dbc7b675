import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackup } from '../../db/backup/backup.ts'
import { restoreBackup } from '../../db/backup/restore.ts'
import { readAudit } from '../../db/staff/audit.ts'
import { links } from '../../web/links.ts'
import { makeEmpty } from '../fixtures/database/empty-database.ts'
import { heads, makeMp3 } from '../fixtures/files/sounds.ts'
import { type Chosen, sendRecordings } from '../fixtures/pages/recording-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

const code = 'outpatient'
const send = (files: Chosen[], shown: Parameters<typeof links.recordings>[1] = {}, remove?: string) =>
  sendRecordings(server, { code, shown, cookie, ...(remove && { remove }) }, files)
const open = async (shown: Parameters<typeof links.recordings>[1] = {}, as = cookie) =>
  (await server.send(links.recordings(code, shown), { headers: { cookie: as } })).text()
const survey = async (lang = 'vi', at = server) => (await at.send(links.survey('KHAMBENH', 'qr', lang))).text()
const soundsIn = (html: string) =>
  [...html.matchAll(/<audio controls preload="none" src="([^"]+)"/g)].map(([, src]) => src as string)
const kept = () => server.database.sql`select part, language, key from recordings order by 1, 2, 3`
const face: Chosen = { field: 'common|f5', name: 'ghi.mp3', bytes: makeMp3(3, 'nam') }

describe('a sentence and its file', () => {
  test('kept, it is on the citizen’s page, in its language only, and audited', async () => {
    expect(soundsIn(await survey())).toEqual([])
    const intro = { field: 'common|intro', name: 'REC001.MP3', bytes: makeMp3(4, 'chao') }
    expect((await send([intro, face])).status).toBe(303)
    const page = await survey()
    expect(soundsIn(page)).toEqual([expect.stringMatching(/^\/am-thanh\/[\w-]{8}\/intro$/)])
    expect(page).toMatch(/data-say="\/am-thanh\/[\w-]{8}\/ f5"/)
    expect(soundsIn(await survey('km'))).toEqual([])
    expect(await open({ phan: 'tat-ca' })).toContain('Đã ghi')
    const [line] = await readAudit(server.database, {}, 1)
    expect(line).toMatchObject({ actor: 'admin', action: 'recording.keep', subject: 'common/vi/f5' })
  })

  test('many at once go by their names, all or none', async () => {
    const many = (...names: string[]) => names.map((name) => ({ field: 'tep', name, bytes: makeMp3(2, name) }))
    const wrong = await send(many('A1.mp3', 'khong-co.mp3', 'kb-a1.mp3'), { lang: 'km' })
    expect(wrong.status).toBe(422)
    const said = await wrong.text()
    expect(said).toContain('khong-co.mp3: không có câu nào mang tên tệp này')
    expect(said).toContain('kb-a1.mp3: câu này đã có một tệp khác trong lần gửi này')
    expect((await kept()).length).toBe(2)
    expect((await send(many('A1.mp3', 'a2.mp3', 'Mức 1.mp3', 'overall.mp3'), { lang: 'km' })).status).toBe(303)
    expect((await kept()).filter(({ language }) => language === 'km').map(({ key }) => key)).toEqual([
      'f1',
      'a-kb-a1',
      'a-kb-a2',
      'x-overall',
    ])
    expect(await open({ lang: 'km' })).toMatch(/Tiếng Khmer: 4\/\d+/)
  })

  test('replaced and removed, its sound is gone with it unless another sentence has the same', async () => {
    const files = () => server.database.sql`select count(*)::int as n from recording_files`
    const [{ n: before } = { n: 0 }] = (await files()) as unknown as { n: number }[]
    const first = makeMp3(2, 'mot')
    const same = ['common|f1', 'common|f2'].map((field) => ({ field, name: 'a.mp3', bytes: first }))
    expect((await send(same)).status).toBe(303)
    expect((await files())[0]).toEqual({ n: before + 1 })
    expect((await send([{ field: 'common|f2', name: 'b.mp3', bytes: makeMp3(2, 'hai') }])).status).toBe(303)
    expect((await files())[0]).toEqual({ n: before + 2 })
    const [one] = await server.database.sql`select address from recordings where key = 'f1' and language = 'vi'`
    expect((await send([], {}, `common|f1|${one?.address}`)).headers.get('location')).toContain('luu=bo')
    expect((await files())[0]).toEqual({ n: before + 1 })
    const again = await send([], {}, `common|f1|${one?.address}`)
    expect([again.status, await again.text()]).toEqual([
      422,
      expect.stringContaining('vừa được người khác thay hoặc bỏ'),
    ])
  })

  test('worded otherwise since, it is not played, and whoever keeps it is told', async () => {
    const fields = new URLSearchParams()
    const page = await (
      await server.send(links.translationPart('survey', { phan: 'tat-ca' }), { headers: { cookie } })
    ).text()
    const at = /name="(k\d+)" value="survey\/faces\/0"/.exec(page)?.[1]?.slice(1)
    const seen = new RegExp(`name="s${at}" value="([^"]+)"`).exec(page)?.[1] as string
    for (const [name, value] of [
      ['k0', 'survey/faces/0'],
      ['s0', seen],
      ['t0', 'មិនពេញចិត្តសោះ'],
      ['w0', ''],
    ] as const)
      fields.set(name, value)
    const path = links.translationPart('survey', { phan: 'tat-ca' })
    expect((await server.send(path, { method: 'POST', headers: { cookie }, body: fields })).status).toBe(303)
    expect(await survey('km')).not.toMatch(/data-say="[^"]*f1/)
    const told = await open({ lang: 'km', phan: 'tat-ca' })
    expect(told).toContain('1 bản ghi đã cũ')
    expect(told).toMatch(/Đã cũ.*Bản này đọc: “/s)
    expect((await send([{ field: 'common|f1', name: 'm.mp3', bytes: makeMp3(2, 'moi') }], { lang: 'km' })).status).toBe(
      303,
    )
    expect(await survey('km')).toMatch(/data-say="[^"]*f1/)
    expect(await open({ lang: 'km' })).not.toContain('bản ghi đã cũ')
  })

  test('is heard of by every process', async () => {
    const other = await startTestServer({ connection: server.connection })
    expect((await send([{ field: 'common|privacy', name: 'p.mp3', bytes: makeMp3(2, 'rieng') }])).status).toBe(303)
    await expect.poll(async () => soundsIn(await survey('vi', other)).length, { timeout: 5000 }).toBe(2)
    // A page of one process, its sound from another that has drawn no page yet.
    const third = await startTestServer({ connection: server.connection })
    expect((await third.send(soundsIn(await survey())[0] as string)).status).toBe(200)
    await Promise.all([other.stop(), third.stop()])
  })
})

describe('what cannot be kept', () => {
  const one = (bytes: Buffer, name = 'tệp.mp3') => [{ field: 'common|comment', name, bytes }]
  test.each([
    ['a page that calls itself sound', one(heads.html), 'không phải tệp âm thanh dùng được'],
    ['a film', one(heads.video, 'phim.m4a'), 'không phải tệp âm thanh dùng được'],
    ['nothing', one(Buffer.alloc(0)), 'tệp trống'],
    ['more than a megabyte', one(makeMp3(2600)), 'tệp lớn hơn 1 MB'],
    ['a sentence that is not there', [{ ...face, field: 'common|khong-co' }], 'không có câu nào mang tên tệp này'],
    ['no file', [], 'Xin chọn ít nhất một tệp âm thanh'],
  ])('%s is refused in one sentence and changes nothing', async (_, files, sentence) => {
    const before = await kept()
    const reply = await send(files)
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining(sentence)])
    expect(await kept()).toEqual(before)
  })

  test('a questionnaire takes twenty megabytes and no more', async () => {
    const large = (names: string[]) =>
      names.map((name) => ({ field: `${code}|a-${name}`, name: `${name}.mp3`, bytes: makeMp3(2500, name) }))
    const texts = [...(await open({ phan: 'tat-ca' })).matchAll(/name="outpatient\|a-(kb-\w+)"/g)].map(
      ([, key]) => key as string,
    )
    expect(texts.length).toBeGreaterThan(20)
    expect((await send(large(texts.slice(0, 20)), { lang: 'en' })).status).toBe(303)
    const before = await kept()
    const reply = await send(large(texts.slice(20, 21)), { lang: 'en' })
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining('sẽ quá 20 MB')])
    expect(await kept()).toEqual(before)
    // In the place of one that weighs as much, it may.
    expect((await send(large(texts.slice(0, 1)), { lang: 'en' })).status).toBe(303)
    await server.database.sql`delete from recordings where language = 'en'`
  })

  test.each(['manager', 'clerk', 'interviewer', 'leader', 'auditor'] as const)('a %s keeps none', async (role) => {
    const member = await server.signInAs(role, ['tram-y-te'])
    const before = await kept()
    expect((await sendRecordings(server, { code, cookie: member.cookie }, [face])).status).toBe(403)
    expect((await server.send(links.recordings(code), { headers: { cookie: member.cookie } })).status).toBe(403)
    expect(await kept()).toEqual(before)
  })

  test('neither a stranger nor another site’s form', async () => {
    expect((await sendRecordings(server, { code, cookie: '' }, [face])).status).toBe(401)
    const body = new FormData()
    body.append('common|f5', new Blob(['x']), 'x.mp3')
    const headers = { cookie, origin: 'https://example.org', 'sec-fetch-site': 'cross-site' }
    expect((await server.send(links.recordings(code), { method: 'POST', headers, body })).status).toBe(403)
    expect((await server.send(links.recordings('khong-co'), { headers: { cookie } })).status).toBe(404)
  })
})

describe('the sound', () => {
  const bytes = makeMp3(9, 'nghe')
  let src: string
  beforeAll(async () => {
    expect((await send([{ field: 'common|comment', name: 'c.mp3', bytes }])).status).toBe(303)
    src = soundsIn(await survey()).find((one) => one.endsWith('/comment')) as string
  })
  const ask = (headers: Record<string, string> = {}, method = 'GET') => server.send(src, { headers, method })

  test('comes whole, as what it is and nothing else, to be kept for a year', async () => {
    const reply = await ask()
    expect(reply.status).toBe(200)
    expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true)
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'audio/mpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'accept-ranges': 'bytes',
      'content-length': String(bytes.length),
      etag: expect.stringMatching(/^"[\w-]{12}"$/),
    })
    expect((await ask({}, 'HEAD')).headers.get('content-length')).toBe(String(bytes.length))
  })

  test('comes in parts, as Safari asks for it', async () => {
    const first = await ask({ range: 'bytes=0-1' })
    expect([first.status, first.headers.get('content-range'), first.headers.get('content-length')]).toEqual([
      ...[206, `bytes 0-1/${bytes.length}`, '2'],
    ])
    expect(Buffer.from(await first.arrayBuffer()).equals(bytes.subarray(0, 2))).toBe(true)
    const rest = await ask({ range: 'bytes=2-' })
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(2))).toBe(true)
    const outside = await ask({ range: `bytes=${bytes.length}-` })
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
  })

  test('is not sent again to whoever has it', async () => {
    const tag = (await ask()).headers.get('etag') as string
    expect((await ask({ 'if-none-match': tag })).status).toBe(304)
    expect((await ask({ 'if-none-match': '"khac"' })).status).toBe(200)
    expect((await ask({ range: 'bytes=0-1', 'if-range': '"khac"' })).status).toBe(200)
  })

  test('has an address of its own: another recording, another address; and nothing else is to be had there', async () => {
    const [, set] = /am-thanh\/([^/]+)\//.exec(src) as unknown as [string, string]
    for (const key of ['intro2', 'a-kb-a9', '..%2f..%2fsettings', 'constructor', '__proto__'])
      expect((await server.send(links.recording(set, key))).status, key).toBe(404)
    expect((await server.send(links.recording('AAAAAAAA', 'comment'))).status).toBe(404)
    expect((await send([{ field: 'common|comment', name: 'c.mp3', bytes: makeMp3(3, 'khac') }])).status).toBe(303)
    const now = soundsIn(await survey()).find((one) => one.endsWith('/comment')) as string
    expect(now).not.toBe(src)
    const gone = await server.send(src)
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  test('is heard by staff also where citizens do not hear it; by nobody else', async () => {
    const [row] = await server.database.sql`select address from recordings where key = 'intro'`
    const path = links.recordedFile(row?.address)
    expect((await server.send(path, { headers: { cookie } })).headers.get('content-type')).toBe('audio/mpeg')
    expect((await server.send(path, { headers: { accept: 'application/json' } })).status).toBe(401)
  })
})

test('the survey page may play sound of this server, and no page of staff but this one', async () => {
  const policyOf = async (path: string, as?: string) =>
    (await server.send(path, as ? { headers: { cookie: as } } : {})).headers.get('content-security-policy')
  expect(await policyOf(links.survey('KHAMBENH'))).toMatch(/; media-src 'self'$/)
  expect(await policyOf(links.survey('KHAMBENH', 'kiosk'))).toMatch(/; media-src 'self'$/)
  expect(await policyOf(links.recordings(code), cookie)).toMatch(/; media-src 'self'$/)
  expect(await policyOf(links.questionnaires, cookie)).not.toContain('media-src')
})

test('a backup carries the sound, and what is restored sounds the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ydan-recordings-'))
  const path = join(folder, 'whole.ydb')
  const plain = { product: '0.0.0', passphrase: null, contactKey: null, at: '2026-11-24T01:00:00.000Z' }
  const rows = (of: TestServer) => of.database.sql`
    select part, language, key, wording, words, recordings.address, added_by, type, sha256(body)::text as hash
    from recordings join recording_files using (address) order by 1, 2, 3`
  await writeBackup(server.connection, path, plain)
  const connection = await makeEmpty()
  await restoreBackup(connection, path, null)
  const restored = await startTestServer({ connection })
  expect([...(await rows(restored))]).toEqual([...(await rows(server))])
  // Which questions are asked is drawn anew; the set they are in is named by what it holds.
  const setIn = (html: string) => /data-say="([^"]+)"/.exec(html)?.[1]
  expect(setIn(await survey('km', restored))).toBe(setIn(await survey('km')))
  expect((await restored.send(soundsIn(await survey('km', restored))[0] as string)).status).toBe(200)
  await restored.stop()
  rmSync(folder, { recursive: true, force: true })
})
