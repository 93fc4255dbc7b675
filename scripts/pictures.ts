// npm run pictures: fills a folder of its own with the sample year and takes the pictures that the README shows.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { openDatabase, prepareDatabase } from '../db/client.ts'
import { launchDatabase } from '../db/embedded/launch.ts'
import { loadReference } from '../db/reference/load.ts'
import { readReference } from '../db/reference/reference.ts'
import { loadSecrets } from '../db/secrets.ts'
import { createApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import { portOf } from '../server/http/server.ts'
import { openPassingVault } from '../server/ledger/vault.ts'
import { createSealing, loadSealingKey } from '../server/staff/sealing.ts'
import { makePassword } from '../server/staff/sign-in/passwords.ts'
import { links } from '../web/links.ts'
import { buildIfStale } from './build.js'
import { furnishDemo } from './demo/commune.ts'
import { fillDemo } from './demo/year.ts'

/** Friday 20 November 2026, half past three in Vietnam: the same pictures every time. */
const nowMs = Date.UTC(2026, 10, 20, 8, 30)
const folder = join(import.meta.dirname, 'pictures')
const largestBytes = 200 * 1024

/** Nothing moves or depends on the machine. */
const still = { colorScheme: 'light', reducedMotion: 'reduce', locale: 'vi-VN' } as const

type Picture = { name: string; path: string; view: BrowserContextOptions; before?: (page: Page) => Promise<void> }

const picturesOf = (password: string): Picture[] => [
  {
    name: 'survey',
    path: links.survey('QUAYHT'),
    view: { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2 },
  },
  {
    name: 'today',
    path: links.today(),
    view: { viewport: { width: 1440, height: 900 } },
    before: (page) => signIn(page, password),
  },
  { name: 'wall', path: links.wall('trung-tam-pvhcc'), view: { viewport: { width: 1280, height: 720 } } },
]

await buildIfStale()
const dataDir = mkdtempSync(join(tmpdir(), 'ydan-pictures-'))
const launched = await launchDatabase(dataDir, console.error)
try {
  await prepareDatabase(launched.connection, (query) => loadReference(query, readReference()))
  await serveSample()
} finally {
  await launched.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function serveSample(): Promise<void> {
  const database = openDatabase(launched.connection)
  const password = makePassword()
  const config = { ...readConfig({ LOG_LEVEL: 'silent', HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir }), demo: true }
  // Criteria are drawn by this key: a chosen one draws the same every time.
  await database.sql`insert into settings (key, value) values ('key.rotation', 'pictures'), ('key.page', 'pictures')`
  const filled = await fillDemo(database, { seed: 2026, days: 365, nowMs, budgetPerHour: config.placeBudgetPerHour })
  await furnishDemo(database, filled, { seed: 2026, nowMs, password })
  const sealing = createSealing(loadSealingKey(null, dataDir))
  const secrets = await loadSecrets(database)
  const app = await createApp({
    config,
    database,
    secrets,
    sealing,
    vault: openPassingVault(),
    sequences: true,
    now: () => nowMs,
  })
  try {
    await app.listen({ host: config.host, port: 0 })
    await takePictures(`http://${config.host}:${portOf(app)}`, password)
  } finally {
    await app.close()
    await database.close()
  }
}

async function takePictures(origin: string, password: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    for (const { name, path, view, before } of picturesOf(password)) {
      const context = await browser.newContext({ ...view, baseURL: origin, ...still })
      const page = await context.newPage()
      await before?.(page)
      await page.goto(path)
      await page.evaluate('document.fonts.ready')
      const file = join(folder, `${name}.png`)
      await page.screenshot({ path: file })
      const { length } = readFileSync(file)
      console.log(`${name}.png: ${Math.round(length / 1024)} KB`)
      if (length > largestBytes) throw new Error(`${name}.png is larger than ${largestBytes / 1024} KB`)
      await context.close()
    }
  } finally {
    await browser.close()
  }
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.goto(links.signIn())
  await page.fill('[name=username]', 'phutrach-pvhcc')
  await page.fill('[name=password]', password)
  await page.click('main [type=submit]')
  await page.waitForURL(`**${links.today()}`)
}
