import type { Sector } from '../../catalogue/contract.ts'
import type { Theme } from '../contract.ts'
import { generalKey, praiseKey, type ReplyTemplate, type TemplateKey } from './contract.ts'

/** What only the writer knows stands in such brackets; a reply is not sent before they are filled. */
const blank = /\[…[^\]]*\]/

export const hasBlank = (text: string): boolean => blank.test(text)

const closing = 'Cảm ơn Ông/Bà đã góp ý.'
const general = `Chúng tôi đã xem ý kiến của Ông/Bà. [… việc đã làm, hoặc vì sao chưa làm được]. ${closing}`
const praise =
  'Cảm ơn Ông/Bà đã dành thời gian ghi lời khen. Chúng tôi đã chuyển lời đến những người làm việc hôm ấy và sẽ cố gắng giữ được như vậy.'

/** By the last part of a theme's code: administrative and health services share most of them. */
const suggestions: Record<string, string> = {
  'thoi-gian-cho': `Chúng tôi xin lỗi vì đã để Ông/Bà phải chờ. Chúng tôi [… đã thêm người, đổi giờ hoặc cách lấy số từ ngày nào]. ${closing}`,
  'thai-do': `Chúng tôi xin lỗi về cách tiếp đón mà Ông/Bà đã gặp. Chúng tôi đã trao đổi với những người trực hôm ấy và [… việc làm tiếp]. ${closing}`,
  'thu-tuc': `Thủ tục này cần những giấy tờ sau: [… tên giấy tờ]. Quy định đầy đủ được niêm yết tại quầy. Nếu Ông/Bà bị yêu cầu thêm giấy tờ khác, xin cho chúng tôi biết. ${closing}`,
  'phi-le-phi': `Mức phí, lệ phí theo quy định là [… mức thu], được niêm yết tại quầy; mọi khoản thu đều có biên lai. ${closing}`,
  gia: `Giá dịch vụ theo quy định là [… mức giá], được niêm yết tại trạm; phần bảo hiểm y tế chi trả là [… phần chi trả]. ${closing}`,
  'co-so': `Chúng tôi đã xem lại [… nơi hoặc thiết bị Ông/Bà nói đến]. Việc sửa chữa, bổ sung [… xong ngày nào, hoặc vì sao chưa làm được]. ${closing}`,
  'huong-dan': `Chúng tôi xin hướng dẫn lại: [… các bước cần làm]. Thông tin này cũng đã được [… niêm yết hoặc đăng ở đâu]. ${closing}`,
  'ket-qua': `Chúng tôi xin lỗi vì kết quả chưa đúng hẹn. Nguyên nhân là [… nguyên nhân]; việc trả kết quả từ nay [… thay đổi gì]. ${closing}`,
  'truc-tuyen': `Về việc nộp hồ sơ qua mạng: [… cách khắc phục]. Ông/Bà cũng có thể đến quầy để được hướng dẫn trực tiếp. ${closing}`,
  'thong-tin': `Chúng tôi xin trả lời: [… thông tin Ông/Bà cần]. Từ nay nội dung này được [… thông báo ở đâu]. ${closing}`,
  'chuyen-mon': `Chúng tôi đã xem lại việc Ông/Bà nêu: [… kết quả xem xét]. Nếu vẫn còn băn khoăn về sức khỏe, xin Ông/Bà đến trạm để được khám lại. ${closing}`,
  thuoc: `Về thuốc, vắc xin: [… tình hình và ngày có lại]. ${closing}`,
  'day-hoc': `Nhà trường đã trao đổi với thầy, cô phụ trách: [… việc sẽ thay đổi]. ${closing}`,
  'khoan-thu': `Khoản thu này theo [… văn bản, mức thu]; nhà trường công khai thu, chi tại [… nơi công khai]. ${closing}`,
  'an-ninh': `Nhà trường đã kiểm tra và [… việc đã làm để bảo đảm an toàn]. ${closing}`,
  'an-uong': `Nhà trường đã kiểm tra bữa ăn và [… việc đã thay đổi]. ${closing}`,
}

/** The suggestion for a key; that for any case where a theme has none of its own. */
function suggestionFor(key: TemplateKey): string {
  if (key === praiseKey) return praise
  return suggestions[key.replace(/^[a-z]+-/, '')] ?? general
}

/** The templates an agency works with: for any case, for praise, then its open themes by their place in the list. */
export function listTemplates(
  stored: ReadonlyMap<TemplateKey, string>,
  themes: Theme[],
  sectors: ReadonlySet<Sector>,
): ReplyTemplate[] {
  const own = themes.filter(({ open, sector }) => open && (sector === null || sectors.has(sector)))
  const named = [
    { key: generalKey, label: 'Mọi việc' },
    { key: praiseKey, label: 'Lời khen' },
    ...own.map(({ code, name }) => ({ key: code, label: name })),
  ]
  return named.map(({ key, label }) => {
    const kept = stored.get(key)
    return { key, label, body: kept ?? suggestionFor(key), isOwn: kept !== undefined }
  })
}

/** The template put after what was typed so far. */
export const insertTemplate = (typed: string, body: string): string =>
  typed.trim() === '' ? body : `${typed.trimEnd()}\n\n${body}`
