import { readRecentComments } from '../../db/cases/cases.ts'
import type { Database } from '../../db/client.ts'
import { maskPersonalData } from '../cases/masking-rules.ts'
import type { Place } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import type { Period } from '../indicators/period-rules.ts'
import { isInScope } from '../staff/permission-rules.ts'
import type { ShownDay } from '../tallies/running-day.ts'
import type { RecentComment } from './contract.ts'

/** So many fit beside the criteria. */
const shownComments = 5
/** Of a longer period only its last days are searched. */
const searchedDays = 7

/** The newest comments of the period, masked, the running day's as far as it shows; null where none may be read. */
export async function readComments(
  database: Database,
  scope: Scope | null,
  places: Place[],
  { period: { from, to }, running: { day: today, mornings } }: { period: Period; running: ShownDay },
): Promise<RecentComment[] | null> {
  if (scope === null) return null
  const own = places.filter(({ agencyId }) => isInScope(scope, agencyId))
  const placeIds = own.map(({ id }) => id)
  const found: RecentComment[] = []
  for (let back = 0; back < searchedDays && found.length < shownComments; back += 1) {
    const day = daysBefore(to, back)
    if (day < from) break
    const question = { day, today, shownMornings: [...mornings.keys()], placeIds, limit: shownComments - found.length }
    const rows = await readRecentComments(database, scope, question)
    found.push(
      ...rows.map(({ caseId, placeId, day: said, half, body }, index) => ({
        key: `${said}-${caseId ?? `${placeId}-${index}`}`,
        id: caseId,
        day: said,
        half,
        place: own.find(({ id }) => id === placeId)?.name.vi ?? '',
        masked: maskPersonalData(body).masked,
      })),
    )
  }
  return found
}
