import type { Database } from '../db/client.ts'
import { dayOf } from '../server/respond/arrive.ts'
import { createCatalogue } from '../server/surveys/catalogue.ts'
import { addDays } from './demo-calendar.ts'
import { followCases, publishImprovements } from './demo-cases.ts'
import { countOpenings, countVisits } from './demo-counts.ts'
import { writeReports } from './demo-reports.ts'
import { ensureStaff } from './demo-staff.ts'
import { runWaves } from './demo-waves.ts'
import { type Filled, readSetting, writeSetting } from './demo-year.ts'

export type CommuneOptions = { seed: number; nowMs: number; password: string }

const countedKey = 'demo.counted_through'

/** Everything around the sample's answers: people, visits, waves, and what became of comments. Goes on like fillDemo. */
export async function furnishDemo(database: Database, filled: Filled, options: CommuneOptions): Promise<void> {
  const { seed, nowMs, password } = options
  const today = dayOf(nowMs)
  const state = await createCatalogue(database, () => nowMs).read()
  const staff = await ensureStaff(database, password, new Map(state.agencies.map(({ code, id }) => [code, id])))
  const counted = await readSetting(database, countedKey)
  const from = counted ? addDays(counted, 1) : filled.from
  const yesterday = addDays(today, -1)
  await countVisits(database, { state, seed, from, to: yesterday, by: 'phutrach-pvhcc' })
  await countOpenings(database, from, today)
  if (from <= yesterday) await writeSetting(database, countedKey, yesterday)
  await runWaves(database, { seed, nowMs, today })
  const course = { state, staff, seed, nowMs, today }
  await followCases(database, course)
  await publishImprovements(database, course)
  await writeReports(database, { state, today, startedOn: filled.from })
}
