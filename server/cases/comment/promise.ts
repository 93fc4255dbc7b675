import type { Catalogue } from '../../catalogue/catalogue.ts'
import { addWorkingDays } from '../calendar-rules.ts'
import type { CitizenCase } from '../citizen-contract.ts'

/**
 * A case as its citizen is told of it: praise has the same day named as everything else. Whoever looks over the
 * citizen's shoulder must not tell from a page what was answered.
 */
export async function withPromise(catalogue: Catalogue, found: CitizenCase): Promise<CitizenCase> {
  if (found.dueOn !== null) return found
  const { caseRules, holidays } = await catalogue.read()
  return { ...found, dueOn: addWorkingDays(found.day, caseRules.workingDays, holidays) }
}
