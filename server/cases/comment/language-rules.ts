import type { Language } from '../../catalogue/contract.ts'

/** Letters that Vietnamese has and English has not, once composed. */
const vietnamese = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/iu

/**
 * In which other language a comment is written; null for Vietnamese, and where nothing tells. Khmer by the script of most
 * of its letters, whatever page it came from; English by the page, unless there are letters that only Vietnamese has.
 */
export function languageOfComment(comment: string, page: Language): 'en' | 'km' | null {
  const letters = comment.match(/\p{L}/gu)?.length ?? 0
  const khmer = comment.match(/\p{Script=Khmer}/gu)?.filter((sign) => /\p{L}/u.test(sign)).length ?? 0
  if (khmer * 2 > letters) return 'km'
  return page === 'en' && letters > 0 && !vietnamese.test(comment.normalize('NFC')) ? 'en' : null
}
