import { handBackCases, listHeldCases } from '../../db/cases/held.ts'
import type { Database } from '../../db/client.ts'
import type { TakeBack } from '../../db/staff/members.ts'
import { links } from '../../web/links.ts'
import type { Holdings } from '../staff/parts.ts'
import type { HandBack, HandBackWords } from './hand-back-contract.ts'

/** How a case that was taken from its owner says so. */
export const handBackWords: HandBackWords = { note: describeHandBack, subject: links.case }

/** Hands a member's open cases back within the change that took the right away. */
export const takeCasesBack: TakeBack = (transaction, actor, staffId) =>
  handBackCases(transaction, { actor, words: handBackWords }, staffId)

/** What members hold here, as the pages of accounts ask for it. */
export const createHoldings = (database: Database): Holdings => ({
  list: (username) => listHeldCases(database, username),
  takeBack: takeCasesBack,
})

/** Why a case waits again, and who may take it. */
function describeHandBack({ owner, disabled, restricted, takers }: HandBack): string {
  const why = disabled ? `Tài khoản của ${owner} đã ngừng dùng.` : `${owner} không còn xử lý ý kiến của đơn vị này.`
  if (takers.length > 0) return `${why} Có thể nhận: ${takers.join(', ')}.`
  if (restricted) return `${why} Chưa có tài khoản lãnh đạo xã nào nhận được.`
  return `${why} Đơn vị chưa có ai khác nhận được; lãnh đạo xã có thể nhận hoặc chuyển đơn vị khác.`
}
