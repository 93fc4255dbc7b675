import type { Database } from '../../../db/client.ts'
import { readAround, readDailyVisits } from '../../../db/signs/looks.ts'
import type { SignPattern } from '../../../db/signs/patterns.ts'
import { daysBefore } from '../../days.ts'
import { givenLevels } from '../../signs/finders/past.ts'
import { pastDays } from '../../signs/finders/watch.ts'
import type { Evidence } from './contract.ts'
import { describeEvidence } from './evidence-rules.ts'

/** What a pattern is shown by: its own responses, those around it, and its place's quarter before. */
export async function readEvidence(database: Database, pattern: SignPattern): Promise<Evidence> {
  const { id, placeId, from, to, sign, provenance } = pattern
  const [rows, visits] = await Promise.all([
    readAround(database, { id, placeId, from: daysBefore(from, pastDays), to }),
    readDailyVisits(database, placeId, from, to),
  ])
  const drawn = rows.map(({ answers, patternId, ...row }) => ({
    ...row,
    levels: givenLevels(answers),
    inPattern: patternId === id,
  }))
  return describeEvidence({ sign, from, to, drawn, provenance, visits })
}
