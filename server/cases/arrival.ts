import type { Catalogue } from '../catalogue/catalogue.ts'
import { makeReceipt } from '../receipt.ts'
import type { CaseOpener } from '../respond/contract.ts'
import { caseOf } from './arrival-rules.ts'

/** Opens cases by the rules and holidays of this moment, under the receipt that the citizen is given. */
export async function readCaseOpener(catalogue: Catalogue, receiptKey: string): Promise<CaseOpener> {
  const { caseRules, holidays } = await catalogue.read()
  return (response, plan) => {
    const opened = caseOf(response, plan, { rules: caseRules, today: response.day, holidays })
    return opened && { ...opened, receipt: makeReceipt(receiptKey, response.placeId, response.id) }
  }
}
