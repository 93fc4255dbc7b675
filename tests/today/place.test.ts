import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { placeSections } from '../../web/today/place/sections.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const dayMs = 86_400_000
/** Friday 20 November 2026, ten in the morning; the pages are read on the Monday after. */
const friday = Date.UTC(2026, 10, 20, 3)
const monday = friday + 3 * dayMs
const closed = '2026-11-20'
const today = '2026-11-23'
let clock = friday
let server: TestServer
let manager: { cookie: string }

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  manager = await server.signInAs('manager', ['trung-tam-pvhcc'])
  await fillFriday()
  clock = monday
})
afterAll(() => server.stop())

/** Forty answers at the second counter; everybody found fault with one criterion that everybody is asked. */
async function fillFriday(): Promise<void> {
  const { ask } = await server.read<{ ask: { criterion: string; probability: number }[] }>(
    links.api.questionnaire('QUAYDD', randomUUID()),
  )
  blamed = ask.find(({ probability }) => probability === 1)?.criterion ?? ''
  for (let sent = 0; sent < 40; sent += 1) {
    const body = await fullBody(server, 'QUAYDD', 5)
    const answers = { ...body.answers, [blamed]: 2 }
    await take({ ...body, answers, field: sent < 33 ? 'dat-dai' : sent < 37 ? 'xay-dung' : 'dau-tu' })
  }
  await say(4, 'Ghế chờ còn ít', 'dat-dai')
  await say(3, 'Hẹn ba lần chưa xong, gọi 0912 345 678', 'dat-dai')
  await say(5, 'Cô ở quầy chỉ dẫn rất kỹ', 'dat-dai')
  await say(1, 'Cán bộ quát nạt tôi', 'dat-dai')
  await sendTooFast()
  for (let sent = 0; sent < 4; sent += 1) await take(await fullBody(server, 'QUAYHT', 1))
}
let blamed = ''

const take = async (body: Record<string, unknown>) => expect((await server.answer(body)).status).toBe(201)
const say = async (level: number, comment: string, field: string) =>
  take({ ...(await fullBody(server, 'QUAYDD', level)), comment, field })

/** A form that comes back at once: set aside. */
async function sendTooFast(): Promise<void> {
  const page = await (await server.send(links.survey('QUAYDD'))).text()
  const hidden = [...page.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    (m) => [m[1], m[2]] as string[],
  )
  const names = [...new Set([...page.matchAll(/name="(a-[^"]+)"/g)].map((match) => match[1] as string))]
  clock += 1000
  const body = new URLSearchParams([...hidden, ...names.map((name) => [name, '5'])] as string[][])
  expect((await server.send(links.survey('QUAYDD'), { method: 'POST', body })).status).toBe(303)
}

async function open(path: string, { cookie } = manager) {
  const reply = await server.send(path, { headers: { cookie } })
  const html = await reply.text()
  const text = html
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ')
  return { status: reply.status, html, text }
}

const onFriday = (section?: string) => links.todayPlace('QUAYDD', closed, closed, section)

describe('why', () => {
  test('the criterion that pulls the score down stands first, with its interval and its part of the loss', async () => {
    const { status, html, text } = await open(onFriday())
    expect(status).toBe(200)
    const [row = ''] = /<tbody><tr>.*?<\/tr>/s.exec(html.slice(html.indexOf('id="keo-diem"'))) ?? []
    const [label] = await server.database.sql<{ label: string }[]>`
      select c->'text'->>'vi' as label from questionnaire_versions,
        jsonb_array_elements(definition->'factors') f, jsonb_array_elements(f->'criteria') c
      where c->>'code' = ${blamed} limit 1`
    expect(row).toContain(label?.label)
    // The target of this counter is due from 2028: the same words as everywhere, and no side.
    expect(row).toMatch(/<svg[^>]*class="interval across"/)
    expect(text).toContain('đang theo dõi, chỉ tiêu ≥ 90 % từ 2028.')
    expect(text).not.toMatch(/mức chỉ tiêu|rõ ràng (trên|dưới)/)
    expect(text).toContain(`Sửa trước “${label?.label}”`)
    expect(text).toMatch(/Quầy 2[^:]*: \d\d,\d % hài lòng trên 44 phiếu/)
  })

  test('without days it is about four weeks, and every section keeps the days of its address', async () => {
    const { text } = await open(links.todayPlace('QUAYDD'))
    expect(text).toContain('4 tuần qua, 27/10 – 23/11/2026')
    const { html } = await open(onFriday('linh-vuc'))
    for (const { key } of placeSections.slice(1))
      expect(html).toContain(`href="${onFriday(key).replaceAll('&', '&amp;')}"`)
    expect(html).toContain('name="phan" value="linh-vuc"')
    expect(html).toContain(`href="${links.today(closed)}">‹ Hôm nay`)
  })

  test('comments go from the lowest form up, masked, praise apart; what goes past the agency is not there', async () => {
    const { text } = await open(onFriday('y-kien'))
    const at = (words: string) => text.indexOf(words)
    expect(at('Hẹn ba lần')).toBeGreaterThan(0)
    expect(at('Hẹn ba lần')).toBeLessThan(at('Ghế chờ'))
    expect(at('Lời khen')).toBeLessThan(at('chỉ dẫn rất kỹ'))
    expect(at('Ghế chờ')).toBeLessThan(at('Lời khen'))
    expect(text).toContain('[số điện thoại]')
    expect(text).not.toMatch(/345 678|quát nạt|\d\d:\d\d/)
  })

  test('what was set aside is counted by reason, one click from its review', async () => {
    const { html, text } = await open(onFriday('de-rieng'))
    expect(text).toMatch(/Gửi quá nhanh 1 /)
    const review = links.review({ tu: closed, den: closed, diem: 'QUAYDD' })
    expect(html).toContain(`href="${review.replaceAll('&', '&amp;')}"`)
    expect((await open(review)).status).toBe(200)
  })

  test('the row of a place on the board leads there with the days of the board', async () => {
    const board = await open(links.today(closed))
    expect(board.html).toContain(`href="${onFriday()}"`)
    const leader = await server.signInAs('leader')
    const commune = await open(links.commune('2026', 'canh-nhau'), leader)
    expect(commune.html).toContain(
      `href="${links.todayPlace('QUAYDD', '2026-01-01', '2026-11-22').replaceAll('&', '&amp;')}"`,
    )
  })
})

describe('the rule of five', () => {
  test('a place of four answers has a count and nothing else, in any section', async () => {
    for (const section of [...placeSections.map(({ key }) => key), wholePage]) {
      const { status, text, html } = await open(links.todayPlace('QUAYHT', closed, closed, section))
      expect([section, status]).toEqual([section, 200])
      expect(text, section).not.toMatch(/\d,\d %|\b0,0\b/)
      expect(html, section).not.toContain('class="interval ')
    }
  })

  test('fields of four and three answers are left out, with one more where the rest would tell them', async () => {
    const { text } = await open(onFriday('linh-vuc'))
    expect(text).toMatch(/Lĩnh vực .*Đất đai/)
    expect(text).not.toMatch(/Xây dựng|Đầu tư (?!·)\d/)
    expect(text).toContain('2 lĩnh vực có quá ít phiếu')
  })
})

describe('who may read it', () => {
  test.each([
    ['clerk', ['trung-tam-pvhcc'], 200],
    ['manager', ['trung-tam-pvhcc'], 200],
    ['manager', ['phong-van-hoa-xa-hoi'], 200],
    ['leader', [], 200],
    ['auditor', [], 200],
    ['administrator', [], 200],
    ['clerk', ['tram-y-te'], 404],
    ['manager', ['truong-cong-lap'], 404],
    ['interviewer', [], 403],
  ] as const)('a %s of %o gets %s', async (role, agencies, status) => {
    const member = await server.signInAs(role, [...agencies])
    expect((await open(onFriday(), member)).status).toBe(status)
  })

  test('without a session it leads to the sign-in; an unknown code is not there', async () => {
    expect((await server.send(onFriday())).status).not.toBe(200)
    expect((await open(links.todayPlace('KHONGCO'))).status).toBe(404)
  })

  test('a clerk reads comments but no reasons; a coordinator of another agency the reverse', async () => {
    const clerk = await server.signInAs('clerk', ['trung-tam-pvhcc'])
    const own = await open(onFriday(wholePage), clerk)
    expect(own.text).toContain('Hẹn ba lần')
    expect(own.text).not.toContain('Gửi quá nhanh')
    expect(own.html).not.toContain(links.review({}))
    expect((await open(onFriday('de-rieng'), clerk)).text).toContain('Tiêu chí kéo điểm xuống')
    const coordinator = await server.signInAs('manager', ['phong-van-hoa-xa-hoi'])
    const other = await open(onFriday(wholePage), coordinator)
    expect(other.text).not.toMatch(/Hẹn ba lần|Ghế chờ/)
    expect(other.text).toContain('Gửi quá nhanh')
  })

  test('days that cannot be read are said in a sentence, a section that is none is refused', async () => {
    const bad = await open(`/hom-nay/QUAYDD?tu=abc`)
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Không đọc được ngày “abc”')
    expect((await open(onFriday('khac'))).status).toBe(400)
  })
})

describe('of the running day', () => {
  const now = (section?: string) => links.todayPlace('QUAYDD', today, today, section)

  test('counts move at once; score, criteria, fields and comments wait, also mixed with closed days', async () => {
    clock = monday
    const before = await open(links.todayPlace('QUAYDD', undefined, undefined, wholePage))
    for (let sent = 0; sent < 12; sent += 1) await take({ ...(await fullBody(server, 'QUAYDD', 1)), field: 'xay-dung' })
    await say(4, 'Chiều nay quầy đông quá', 'xay-dung')
    const { text } = await open(now(wholePage))
    for (const section of ['vi-sao', 'linh-vuc'])
      expect((await open(now(section))).html).not.toContain('class="interval ')
    expect(text).toContain('Phiếu nhận 13')
    expect(text).toContain('Trong ngày chưa đủ phiếu để hiện điểm')
    expect(text).not.toMatch(/quầy đông quá|Xây dựng|\d,\d %/)
    const after = await open(links.todayPlace('QUAYDD', undefined, undefined, wholePage))
    const scores = ({ text: said }: typeof after) => said.match(/\d+,\d/g)
    expect(scores(after)).toEqual(scores(before))
    clock = monday + dayMs
    const over = await open(now(wholePage))
    expect(over.text).toMatch(/quầy đông quá.*/)
    expect(over.text).toMatch(/Lĩnh vực .*Xây dựng/)
    clock = monday
  })

  test('a morning of many sheltered answers shows from noon, its fields with the day', async () => {
    clock = monday + 2 * dayMs
    const day = '2026-11-25'
    for (let sent = 0; sent < 95; sent += 1) {
      const id = await server.mint('QUAYKD', clock - 60_000)
      await take({ ...(await fullBody(server, 'QUAYKD', 4, id)), field: 'nong-nghiep' })
    }
    const read = () => open(links.todayPlace('QUAYKD', day, day, wholePage))
    expect((await read()).text).not.toContain('100,0')
    clock += 2.2 * 3_600_000
    const shown = await read()
    expect(shown.text).toMatch(/100,0 % .*tính trên 95 phiếu/)
    expect(shown.html).toContain('class="interval ')
    expect(shown.text).not.toMatch(/Nông nghiệp \d/)
    clock = monday
  })
})
