import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../web/links.ts'
import { wholePage } from '../web/ui/sections/sections.tsx'
import { demoNow, startDemoServer } from './fixtures/demo-server.ts'
import { testPassword } from './fixtures/global-setup.ts'
import { openBrowser } from './fixtures/pages/browser.ts'
import { fullBody, type TestServer } from './fixtures/test-server.ts'

let server: TestServer
let browser: Browser
let clock = demoNow
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemoServer(() => clock), openBrowser()])
  await sendAnswers()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const said = 'Cửa kính ra vào quầy hộ tịch đóng mạnh, người già dễ bị kẹp tay'
const accused = 'Người ngồi quầy nói nặng lời với mẹ tôi'

/** One citizen has an idea, one accuses an official; both want to be heard at once. */
async function sendAnswers(): Promise<void> {
  const send = async (level: number, comment?: string) => {
    const body = await fullBody(server, 'QUAYHT', level)
    expect((await server.answer({ ...body, field: 'ho-tich', ...(comment && { comment, urgent: true }) })).status).toBe(
      201,
    )
  }
  await send(4, said)
  await send(1, accused)
  for (let more = 0; more < 5; more += 1) await send(5)
}

/** Signs in by the form, lets the work be done, and signs out again. */
async function workAs(
  username: string,
  work: (page: Page, context: BrowserContext) => Promise<void>,
  password = testPassword,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(server.url + links.signIn())
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', password)
  await page.click('main [type=submit]')
  await page.waitForSelector('nav[aria-label="Các phần"]')
  await work(page, context)
  await page.goto(server.url + links.account)
  await page.locator(`form[action="${links.signOut}"] [type=submit]`).first().click()
  await page.waitForURL(`**${links.signIn()}**`)
  expect((await page.goto(server.url + links.account))?.url()).toContain(links.signIn())
  await context.close()
}

const open = async (page: Page, path: string): Promise<number | undefined> =>
  (await page.goto(server.url + path))?.status()

const mainText = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? ''

/** Presses a button and waits for the page that comes back. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name }).first().click()])
}

const listedSections = (page: Page): Promise<(string | null)[]> =>
  page.locator('nav[aria-label="Các phần"] a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))

describe('an ordinary comment', () => {
  test('is taken by the clerk, who may not export anything', async () => {
    await workAs('canbo-pvhcc', async (page) => {
      await page.waitForURL(`**${links.today()}`)
      await open(page, links.cases({ place: 'QUAYHT' }))
      await page.getByRole('link', { name: said }).click()
      await press(page, 'Nhận xử lý')
      expect(await mainText(page)).toContain('Cán bộ một cửa')
      for (const path of [links.exports(), links.visits(), links.audit(), links.staff]) {
        expect([path, await open(page, path)]).toEqual([path, 403])
        expect(await page.locator('h1').count()).toBe(1)
      }
    })
  })

  test('is answered and published by the manager, and the screen on the wall says so', async () => {
    await workAs('phutrach-pvhcc', async (page, context) => {
      await page.getByRole('link', { name: 'Tháng này' }).click()
      await page.waitForURL(/tu=2026-09-01/)
      expect(await mainText(page)).toContain('Quầy 1')
      await open(page, links.cases({ tab: 'dang-xu-ly', place: 'QUAYHT' }))
      await page.getByRole('link', { name: said }).click()
      await answerCase(page, 'Trung tâm đã lắp thanh hãm cho cửa kính, cửa nay khép chậm lại.')
      await publish(page)
      const wall = await context.newPage()
      await open(wall, links.wall('trung-tam-pvhcc'))
      expect(await wall.locator('body').textContent()).toContain('Đã lắp thanh hãm cho cửa.')
      await page.emulateMedia({ media: 'print' })
      await open(page, links.today())
      expect(await page.locator('nav[aria-label="Các phần"]').isVisible()).toBe(false)
      expect(await page.locator('main').isVisible()).toBe(true)
      await page.emulateMedia({ media: 'screen' })
    })
  })

  test('is nothing that the health station or the schools get to see', async () => {
    for (const [username, own, foreign] of [
      ['phutrach-yte', 'Khám bệnh', 'Quầy 1'],
      ['phutrach-truong', 'Trường', 'Khám bệnh'],
    ] as const) {
      await workAs(username, async (page) => {
        const today = await mainText(page)
        expect([username, today.includes(own), today.includes(foreign)]).toEqual([username, true, false])
        for (const path of [links.today(), links.cases(), links.cases({ tab: 'da-tra-loi' })]) {
          await open(page, path)
          expect(await mainText(page)).not.toContain(said)
        }
      })
    }
  })
})

async function answerCase(page: Page, reply: string): Promise<void> {
  await page.fill('section#tra-loi form:last-of-type textarea[name=reply]:visible', reply)
  await press(page, 'Xem trước')
  await press(page, 'Gửi trả lời')
  expect(await mainText(page)).toContain(reply)
}

async function publish(page: Page): Promise<void> {
  await open(page, links.newImprovement('trung-tam-pvhcc'))
  await page.locator('label', { hasText: said }).locator('[type=checkbox]').check()
  await page.fill('[name=said]', 'Cửa kính đóng quá mạnh.')
  await page.fill('[name=did]', 'Đã lắp thanh hãm cho cửa.')
  await page.locator('main form[method=post] [type=submit]').last().click()
  await page.waitForURL(`**${links.improvements}`)
  const entry = page.locator('main li, main tr, main article', { hasText: 'Đã lắp thanh hãm cho cửa.' }).first()
  await entry.locator('button[value=publish]').click()
  await page.waitForURL(`**${links.improvements}`)
}

describe('an accusation', () => {
  test('is for the commune’s leader, who answers it', async () => {
    await workAs('lanhdao', async (page) => {
      await open(page, links.cases({ place: 'QUAYHT' }))
      await page.getByRole('link', { name: accused }).click()
      await press(page, 'Nhận xử lý')
      await answerCase(page, 'Ủy ban đã làm việc với người phụ trách quầy và xin lỗi gia đình.')
    })
  })

  test.each(['phutrach-pvhcc', 'canbo-pvhcc', 'admin', 'phutrach-vhxh'])('is kept from %s', async (username) => {
    await workAs(username, async (page) => {
      for (const tab of ['moi', 'dang-xu-ly', 'da-tra-loi'])
        for (const path of [links.today(), links.cases({ tab })]) {
          await open(page, path)
          expect(await mainText(page)).not.toContain(accused)
        }
    })
  })
})

test('the administrator invites, renames, and finds both in the log', async () => {
  const password = 'ba con trau trang gam co'
  await workAs('admin', async (page) => {
    await open(page, links.inviteStaff)
    await page.fill('[name=username]', 'can-bo-moi')
    await page.fill('[name=displayName]', 'Cán bộ mới')
    await page.check('[name=role][value=clerk]')
    await page.check('[name=agencies][value=trung-tam-pvhcc]')
    await page.locator('main form [type=submit]').first().click()
    const link = await page.locator('input[value*="/moi/"]').inputValue()
    await accept(new URL(link).pathname, password)
    await open(page, links.place('QUAYTH'))
    await page.fill('[name=nameVi]', 'Quầy 5 · Cư trú và việc khác')
    const form = page.locator('main form[method=post]', { has: page.locator('[name=nameVi]') })
    await Promise.all([page.waitForNavigation(), form.locator('[type=submit]').first().click()])
    expect(await mainText(page)).toContain('Quầy 5 · Cư trú và việc khác')
    await open(page, links.audit())
    const log = await mainText(page)
    expect(log).toContain('can-bo-moi')
    expect(log).toContain('Cư trú và việc khác')
  })
  await workAs(
    'can-bo-moi',
    // A board that somebody had open is kept for some seconds.
    (page) =>
      expect
        .poll(async () => (await open(page, links.today())) && mainText(page))
        .toContain('Quầy 5 · Cư trú và việc khác'),
    password,
  )
})

async function accept(path: string, password: string): Promise<void> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await open(page, path)
  for (const field of await page.locator('main [type=password]').all()) await field.fill(password)
  await page.locator('main [type=submit]').click()
  await page.waitForSelector('nav[aria-label="Các phần"]')
  await context.close()
}

test('the coordinator decides about what the center had set aside, not about the own schools', async () => {
  await workAs('phutrach-vhxh', async (page) => {
    await open(page, links.review({ tu: '2026-08-22', den: '2026-09-20', 'dau-hieu': 'over_budget' }))
    await page.locator('main a[href*="/phieu-de-rieng/nhom"]').first().click()
    await page.getByRole('link', { name: /Xem trước cho cả nhóm/ }).click()
    await page.fill('[name=why]', 'Ngày hội làm căn cước, người dân đến rất đông.')
    await press(page, /^Tính lại/)
    expect(page.url()).toContain('/phieu-de-rieng/quyet-dinh/')
    expect(await mainText(page)).toContain('Ngày hội làm căn cước')
  })
  const school = await setAsideAtSchool()
  for (const [username, status] of [
    ['phutrach-vhxh', 403],
    ['admin', 200],
  ] as const)
    await workAs(username, async (page) => {
      expect([username, await open(page, links.previewReview(school))]).toEqual([username, status])
    })
})

/** A program fills a school's form, the trap with it; gives the group it is set aside in, once the day is over. */
async function setAsideAtSchool(): Promise<Record<string, string>> {
  const { id, answers } = await fullBody(server, 'TRTH', 5)
  const ticked = Object.entries(answers).map(([code, level]) => [`a-${code}`, String(level)])
  const body = new URLSearchParams([['id', id], ['version', '1'], ['website', 'x'], ...(ticked as [string, string][])])
  expect((await server.send(links.survey('TRTH'), { method: 'POST', body })).status).toBe(303)
  clock += 24 * 3_600_000
  return { diem: 'TRTH', ngay: '2026-09-21', 'dau-hieu': 'honeypot', kenh: 'qr' }
}

test('the station’s manager reads the health page, the coordinator the whole commune’s', async () => {
  await workAs('phutrach-yte', async (page) => {
    expect(await open(page, links.healthResults())).toBe(200)
    expect(await mainText(page)).toContain('Tiêm chủng')
    expect(await open(page, links.commune())).toBe(403)
  })
  await workAs('phutrach-vhxh', async (page) => {
    expect(await open(page, links.commune(undefined, wholePage))).toBe(200)
    const text = await mainText(page)
    for (const part of ['Trung tâm Phục vụ hành chính công', 'Trạm Y tế', 'Trường Mầm non'])
      expect(text).toContain(part)
  })
})

test('the leader approves the report that the center made and filled in, and it is kept as it is', async () => {
  await workAs('phutrach-pvhcc', async (page) => {
    await open(page, links.reports())
    await page.locator('main a[href^="/bao-cao/"]').first().click()
    for (const box of await page.locator('#hoan-thien [name=blanks], #hoan-thien textarea').all())
      await box.fill('Theo kế hoạch của xã.')
    await press(page, 'Lưu các chỗ đã điền')
  })
  await workAs('lanhdao', async (page) => {
    await open(page, links.reports())
    await page.locator('main a[href^="/bao-cao/"]').first().click()
    expect(await mainText(page)).toContain('Bản thảo')
    for (const box of await page.locator('form[action$="/duyet"] [type=checkbox]').all()) await box.check()
    await press(page, 'Duyệt báo cáo')
    expect(await mainText(page)).toContain('Đã duyệt')
    expect(await page.getByRole('button', { name: 'Duyệt báo cáo' }).count()).toBe(0)
  })
})

test('the interviewer types a form in, and is let nowhere else', async () => {
  await workAs('dieutravien', async (page) => {
    await page.waitForURL(`**${links.entries}`)
    expect(await listedSections(page)).toEqual([links.entries, links.account, links.publicResults])
    await page.locator('main a[href$="/nhap-phieu"]').first().click()
    await page.fill('[name=formNumber]', '9001')
    for (const box of await page.locator('main input[name^="a-"]').all()) await box.fill('4')
    await page.locator('main form[method=post] [type=submit]').last().click()
    await page.waitForURL(/da=9001/)
    for (const path of [links.today(), links.cases(), links.indicators(), links.waves])
      expect([path, await open(page, path)]).toEqual([path, 403])
  })
})

test('the auditor reads everything and changes nothing', async () => {
  await workAs('kiemtra', async (page, context) => {
    await open(page, links.audit())
    expect(await mainText(page)).toContain('lanhdao')
    await open(page, links.cases({ tab: 'da-tra-loi', place: 'QUAYHT' }))
    await page.getByRole('link', { name: accused }).click()
    expect(await page.locator('main form[method=post]').count()).toBe(0)
    const origin = { origin: server.url, 'sec-fetch-site': 'same-origin' }
    for (const path of [
      page.url().replace(server.url, ''),
      links.place('QUAYTH'),
      links.visits(),
      links.caseSettings(),
    ]) {
      const reply = await context.request.post(server.url + path, {
        headers: origin,
        form: { action: 'take', seen: '0' },
      })
      expect([path, reply.status()]).toEqual([path, 403])
    }
  })
})
