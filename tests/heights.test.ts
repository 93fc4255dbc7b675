import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indicatorSections } from '../web/indicators/detail/sections.ts'
import { methodSections } from '../web/indicators/method/sections.ts'
import { links } from '../web/links.ts'
import { communeSections, healthSections } from '../web/overview/sections.ts'
import { publicWordsIn } from '../web/publication/languages/words.ts'
import { communeSections as publicSections } from '../web/publication/sections.ts'
import { placeSections } from '../web/today/place/sections.ts'
import { wholePage } from '../web/ui/sections/sections.tsx'
import { cloneDemo, demoNow, enterAs, startDemoServer } from './fixtures/demo-server.ts'
import { openBrowser } from './fixtures/pages/browser.ts'
import { startTestServer, type TestServer } from './fixtures/test-server.ts'

/** What a reader may be asked to scroll: px at 1440, and six screens of a telephone. */
const most = { 1440: 2400, 390: 6 * 844 } as const

let server: TestServer
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemoServer(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function openFor(username: string | null, work: (page: Page) => Promise<void>, from = server): Promise<void> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: false })
  if (username) await enterAs(context, from, username)
  await work(await context.newPage())
  await context.close()
}

/** Pages that are higher than a reader should be asked to scroll, or answer otherwise than with a page. */
async function findTooHigh(page: Page, paths: string[], from = server) {
  const found: [path: string, width: number, height: number][] = []
  for (const path of paths) {
    const reply = await page.goto(from.url + path)
    if (reply?.status() !== 200) found.push([path, 0, reply?.status() ?? 0])
    for (const width of [1440, 390] as const) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
      // Without script in the page the browser is asked from outside.
      const box = await page.locator('html').boundingBox()
      if ((box?.height ?? 0) > most[width]) found.push([path, width, box?.height ?? 0])
    }
  }
  return found
}

const keysOf = (sections: readonly { key: string }[]) => sections.map(({ key }) => key)

describe('no page asks for more than six screens of a telephone', () => {
  test('an indicator, the commune, the health services: every section', async () => {
    await openFor('lanhdao', async (page) => {
      const paths = [
        links.indicators(),
        ...keysOf(indicatorSections).map((section) => links.indicator('II.1', undefined, undefined, section)),
        ...keysOf(communeSections).map((section) => links.commune(undefined, section)),
        ...keysOf(healthSections).map((section) => links.healthResults(undefined, undefined, section)),
      ]
      expect(await findTooHigh(page, paths)).toEqual([])
    })
  })

  test('the board, worst first too, and the page behind a place\u2019s score: every section', async () => {
    await openFor('phutrach-pvhcc', async (page) => {
      const [from, to] = ['2026-09-01', '2026-09-20']
      const paths = [
        links.todayBoard({ tu: from, den: to, xep: 'thap' }),
        ...keysOf(placeSections).map((section) => links.todayPlace('QUAYDD', from, to, section)),
        links.todayPlace('QUAYHT'),
      ]
      expect(await findTooHigh(page, paths)).toEqual([])
    })
  })

  test('the board of a leader, of every agency: a section each, and what is said of all', async () => {
    const [tu, den] = ['2026-09-01', '2026-09-20']
    await openFor('lanhdao', async (page) => {
      await page.goto(server.url + links.todayBoard({ tu, den }))
      const hrefs = await page
        .locator('.section-row a')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
      // What holds all of it is for paper.
      const [whole, ...sections] = hrefs.reverse() as string[]
      expect(whole).toContain(`phan=${wholePage}`)
      expect(sections.length).toBeGreaterThan(4)
      const days = [links.today('2026-09-18'), links.today()]
      expect(await findTooHigh(page, [...sections, ...days])).toEqual([])
      await page.goto(server.url + whole)
      expect(await page.locator('.agency').count()).toBe(sections.length - 2)
      for (const part of ['.said', '.harm', '.comments']) expect(await page.locator(part).count()).toBe(1)
    })
  })

  test('the morning of a day without answers, for whoever leads all and whoever has one agency', async () => {
    // Half past six on the day after the sample's last.
    const morning = await startTestServer({
      connection: await cloneDemo(demoNow),
      now: () => demoNow + 16.5 * 3_600_000,
      config: { demo: true },
    })
    for (const username of ['lanhdao', 'phutrach-pvhcc', 'canbo-pvhcc'])
      await openFor(
        username,
        async (page) => {
          await page.goto(morning.url + links.today())
          expect(await page.locator('.last-open').count()).toBe(1)
          const rows = await page.locator('.section-row a:not(.section-whole)').all()
          const sections = await Promise.all(rows.map(async (row) => (await row.getAttribute('href')) as string))
          expect([username, await findTooHigh(page, [links.today(), ...sections], morning)]).toEqual([username, []])
        },
        morning,
      )
    await morning.stop()
  })

  test('the list of opinions, in every one of its parts', async () => {
    const tabs = ['moi', 'dang-xu-ly', 'qua-han', 'loi-khen', 'da-tra-loi', 'da-khep']
    for (const username of ['canbo-pvhcc', 'lanhdao'])
      await openFor(username, async (page) =>
        expect(await findTooHigh(page, [links.cases(), ...tabs.map((tab) => links.cases({ tab }))])).toEqual([]),
      )
  })

  test('the public results, in the longest of the languages too', async () => {
    await openFor(null, async (page) => {
      const sections = keysOf(publicSections(publicWordsIn('vi')))
      const paths = ['vi', 'km'].flatMap((lang) => sections.map((section) => links.results(lang, section)))
      expect(await findTooHigh(page, [links.home, ...paths])).toEqual([])
    })
  })

  test('the method, the open data, the ledger, the door of the staff', async () => {
    const paths = [...keysOf(methodSections).map(links.methodSection), links.openData, links.ledger, links.signIn()]
    await openFor(null, async (page) => expect(await findTooHigh(page, paths)).toEqual([]))
  })

  test('what can be recorded of the longest questionnaire: every section', async () => {
    const sections = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
    const paths = sections.map((phan) => links.recordings('vaccination', { lang: 'km', phan }))
    await openFor('admin', async (page) => expect(await findTooHigh(page, paths)).toEqual([]))
  })

  test('the Khmer beside its original: every section of the longest parts, and what is not yet reviewed', async () => {
    const sections = ['survey', 'results', 'receipt', 'questions-vaccination', 'names'].flatMap((part) =>
      ['1', '2', '3'].map((phan) => links.translationPart(part, { phan })),
    )
    const paths = [links.translations(), links.translationPart('survey', { loc: 'chua-duyet' }), ...sections]
    await openFor('admin', async (page) => expect(await findTooHigh(page, paths)).toEqual([]))
  })

  test('the draft of a questionnaire, the paper form, what was done', async () => {
    const [wave] = await server.database.sql<{ id: number }[]>`select id from waves order by id limit 1`
    const forms = [links.draftQuestionnaire('administrative'), links.draftQuestionnaire('outpatient')]
    await openFor('admin', async (page) => expect(await findTooHigh(page, forms)).toEqual([]))
    const paper = links.paperForm(wave?.id ?? 0)
    await openFor('phutrach-vhxh', async (page) => expect(await findTooHigh(page, [paper])).toEqual([]))
    const done = links.newImprovement()
    await openFor('phutrach-pvhcc', async (page) => expect(await findTooHigh(page, [done])).toEqual([]))
  })
})

describe('the row of sections', () => {
  const period = ['2026-09-01', '2026-09-15'] as const

  test('stays in sight, keeps the period, and works without script', async () => {
    await openFor('lanhdao', async (page) => {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto(server.url + links.indicator('II.1', ...period))
      const row = page.locator('.section-row')
      await page.locator('.page-source').scrollIntoViewIfNeeded()
      expect((await row.boundingBox())?.y).toBe(0)
      await row.getByRole('link', { name: 'Cách tính' }).click()
      expect(new URL(page.url()).search).toBe(
        new URL(server.url + links.indicator('II.1', ...period, 'cach-tinh')).search,
      )
      expect(await page.locator('h2').allInnerTexts()).toContain('Chỉ tiêu này được tính thế nào')
      expect(await page.locator('h2').allInnerTexts()).not.toContain('Theo yếu tố và tiêu chí')
    })
  })

  test('the whole page has every part, names its source once, and body text of 16 px', async () => {
    await openFor('lanhdao', async (page) => {
      for (const path of [
        links.indicator('II.1', undefined, undefined, wholePage),
        links.healthResults(undefined, undefined, wholePage),
        links.commune(undefined, wholePage),
      ]) {
        await page.goto(server.url + path)
        expect([path, await page.getByText('Nguồn:').count()]).toEqual([path, 1])
        const texts = page.locator('main p:not(.source):not(.verdict):not(.lead), main .sentences li')
        const small = await texts.evaluateAll((all) =>
          all.filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 16).map((one) => one.textContent),
        )
        expect([path, small]).toEqual([path, []])
      }
    })
  })

  test('a section that no page has is refused', async () => {
    const { cookie } = await server.signIn()
    for (const path of [links.indicator('II.1', undefined, undefined, 'khac'), links.results('vi', 'khac')])
      expect((await server.send(path, { headers: { cookie } })).status).toBe(400)
  })
})
