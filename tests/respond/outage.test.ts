import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSeen } from '../../db/signs/looks.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { fieldNames } from '../../server/respond/contract.ts'
import { givenMoment } from '../../server/respond/page-rules.ts'
import { links } from '../../web/links.ts'
import { enrol, openForm, postForm, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const minute = 60_000
let clock = Date.UTC(2026, 10, 23, 2)
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
})
afterAll(() => server.stop())

/** Forms opened a while apart on one tablet, each given forty seconds after its page. */
async function fillForms(place: string, cookie: string, count: number, everyMs: number) {
  const forms: { form: URLSearchParams; givenMs: number }[] = []
  for (let at = 0; at < count; at += 1) {
    const form = await openForm(server, links.survey(place, 'kiosk'), cookie)
    forms.push({ form, givenMs: clock + 40_000 })
    clock += everyMs
  }
  return forms
}

async function sendAll(place: string, cookie: string, forms: Awaited<ReturnType<typeof fillForms>>, says = true) {
  for (const { form, givenMs } of forms) {
    if (says) form.set(fieldNames.waited, String(Math.round((clock - givenMs) / 1000)))
    form.set(fieldNames.took, '40')
    expect((await postForm(server, links.survey(place, 'kiosk'), form, cookie)).status).toBe(303)
    clock += 50
  }
}

describe('a tablet that was offline for an hour', () => {
  test('has all its answers counted, though they arrive in one second, and their times as they were given', async () => {
    await server.database.sql`update places set most_per_half_hour = 5 where code = 'QUAYDD'`
    const cookie = await enrol(server, 'QUAYDD', 'kiosk')
    const began = clock
    const forms = await fillForms('QUAYDD', cookie, 12, 3 * minute)
    clock += 60 * minute
    await sendAll('QUAYDD', cookie, forms)
    expect(await storedAt(server, 'QUAYDD')).toEqual(Array(12).fill('kiosk kiosk counted'))
    const rows = await server.database.sql`select distinct seconds from responses`
    expect([...rows]).toEqual([{ seconds: 40 }])
    const [place] = await server.database.sql<{ id: PlaceId }[]>`select id from places where code = 'QUAYDD'`
    const seen = await readSeen(server.database, place?.id as PlaceId, '2026-11-23', '2026-11-23')
    const first = new Date(began + 40_000 + 7 * 60 * minute)
    const minuteOf = first.getUTCHours() * 60 + first.getUTCMinutes()
    expect(seen.map(({ minute: at }) => at).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, at) => minuteOf + 3 * at),
    )
  })

  test('is still asked whether anybody could have read and answered between two of them', async () => {
    const cookie = await enrol(server, 'QUAYHT', 'kiosk')
    const forms = await fillForms('QUAYHT', cookie, 3, 1000)
    clock += 60 * minute
    await sendAll('QUAYHT', cookie, forms)
    const standings = await server.database.sql`
      select reason from responses join places on places.id = place_id where code = 'QUAYHT' order by received_at`
    expect([...standings]).toEqual([{ reason: null }, { reason: 'too_fast' }, { reason: 'too_fast' }])
  })
})

test('what a device says of its wait holds only where its page and a month allow it', () => {
  const [made, now] = [1_000_000, 5_000_000]
  expect(givenMoment(made, now, 3_000_000)).toBe(2_000_000)
  expect(givenMoment(made, now, 4_500_000)).toBe(now)
  expect(givenMoment(null, now, 2_000_000)).toBe(3_000_000)
  expect(givenMoment(null, 1e13, 32 * 86_400_000)).toBe(1e13)
  expect(givenMoment(made, now, 0)).toBe(now)
})
