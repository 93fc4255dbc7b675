import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import type { StoredResponse } from '../respond/contract.ts'
import { makeReceipt } from '../respond/rules.ts'
import { caseOf } from './arrival-rules.ts'
import type { OpenedCase } from './citizen-contract.ts'

/** Decides about one judged response; read anew for each batch, so that a changed setting holds for the next one. */
export type CaseOpener = (response: Omit<StoredResponse, 'openedCase'>, plan: Plan) => OpenedCase | null

/** Opens cases by the rules and holidays of this moment, under the receipt that the citizen is given. */
export async function readCaseOpener(catalogue: Catalogue, receiptKey: string): Promise<CaseOpener> {
  const { caseRules, holidays } = await catalogue.read()
  return (response, plan) => {
    const opened = caseOf(response, plan, caseRules, response.day, holidays)
    return opened && { ...opened, receipt: makeReceipt(receiptKey, response.placeId, response.id) }
  }
}
