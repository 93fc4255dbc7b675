import type { Database } from '../../db/client.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { addDays, dayOf } from '../../server/days.ts'
import { followCases, publishImprovements } from './cases.ts'
import { countOpenings, countVisits } from './counts.ts'
import { writeReports } from './reports.ts'
import { ensureStaff } from './staff.ts'
import { runWaves } from './waves.ts'
import { type Filled, readSetting, writeSetting } from './year.ts'

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
