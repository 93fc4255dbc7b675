import { parse } from 'acorn'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadAssets } from '../../server/http/assets.ts'
import { renderSurveyPage } from '../../web/respond/survey-page.tsx'
import { renderThanksPage } from '../../web/respond/thanks-page.tsx'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { makeForm, makeLongestForm } from '../fixtures/pages/survey-form.ts'
import { startSurveyServer } from '../fixtures/pages/survey-server.ts'

const built = loadAssets()
const style = built.text('survey.css')

/** What a browser of a language's year takes: Chrome 49 is of 2015, Chrome 80 of 2020. */
const takes = (file: string, ecmaVersion: 2015 | 2018 | 2020) => {
  try {
    parse(built.text(file), { ecmaVersion, sourceType: 'script' })
    return true
  } catch {
    return false
  }
}

describe('what telephones and televisions of other years make of our scripts', () => {
  test.each(['survey.js', 'kiosk.js', 'kiosk-worker.js', 'outbox.js', 'ledger-check.js', 'screen.js'])(
    '%s is understood by Chrome 80',
    (file) => {
      expect(takes(file, 2020)).toBe(true)
    },
  )

  test('the code on an old television’s screen renews itself in the words of 2015', () => {
    expect(takes('screen.js', 2015)).toBe(true)
  })

  test.each(['survey.js', 'kiosk.js', 'outbox.js'])(
    'a browser too old for what %s calls refuses it whole, instead of running half of it',
    (file) => {
      expect([takes(file, 2015), takes(file, 2018)]).toEqual([false, false])
    },
  )

  test('no page a citizen answers on opens a window, downloads, or takes more than one script', () => {
    const script = built.text('survey.js')
    const { place } = makeForm({})
    const pages = [
      renderSurveyPage(makeLongestForm({}), { style, script }),
      renderThanksPage({ place, language: 'vi', receipt: 'K7M4', replay: false, demo: false }, { style, script }),
    ]
    for (const page of pages) {
      expect(page.replace(script, '')).not.toMatch(/\starget=|\sdownload|window\.open/)
      expect(page.match(/<script/g)).toHaveLength(1)
      expect(page).not.toMatch(/<script[^>]*(src|module)/)
    }
  })
})

describe('with a script that the browser cannot read', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('the form is whole, is sent, and its language changes', async () => {
    const broken = { style, script: 'let a = 1; a ?|?= async (' }
    const server = await startSurveyServer({ survey: broken, kiosk: broken, other: broken })
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    const errors: string[] = []
    page.on('pageerror', ({ name }) => errors.push(name))
    await page.goto(`${server.url}/s/Q2`)
    expect(errors).toEqual(['SyntaxError'])
    const steps = page.locator('.step')
    for (const step of await steps.all()) expect(await step.isVisible()).toBe(true)
    await page.locator('.faces .f4').first().click()
    await page.locator('[type=submit]').click()
    await page.waitForURL(/cam-on/)
    expect([...server.stored.values()][0]?.body).toContain('a-c1=4')
    await server.close()
  })
})
