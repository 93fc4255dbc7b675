import { asc, desc } from 'drizzle-orm'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import type { Database } from '../client.ts'
import { indicators } from './tables.ts'

/** The newest version of each indicator. */
export async function readIndicators(database: Database) {
  return database.query
    .selectDistinctOn([indicators.code])
    .from(indicators)
    .orderBy(asc(indicators.code), desc(indicators.version))
    .then((rows) => rows.sort((a, b) => a.position - b.position))
}

export type Indicator = Awaited<ReturnType<typeof readIndicators>>[number] & { ownerAgencyId: AgencyId }
