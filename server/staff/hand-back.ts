import { links } from '../../web/links.ts'
import type { HandBack, HandBackWords } from './account-contract.ts'

/** How a case that was taken from its owner says so. */
export const handBackWords: HandBackWords = { note: describeHandBack, subject: links.case }

/** Why a case waits again, and who may take it. */
function describeHandBack({ owner, disabled, restricted, takers }: HandBack): string {
  const why = disabled ? `Tài khoản của ${owner} đã ngừng dùng.` : `${owner} không còn xử lý ý kiến của đơn vị này.`
  if (takers.length > 0) return `${why} Có thể nhận: ${takers.join(', ')}.`
  if (restricted) return `${why} Chưa có tài khoản lãnh đạo xã nào nhận được.`
  return `${why} Đơn vị chưa có ai khác nhận được; lãnh đạo xã có thể nhận hoặc chuyển đơn vị khác.`
}
