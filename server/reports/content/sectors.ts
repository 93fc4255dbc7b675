import type { Sector } from '../../catalogue/contract.ts'

/** What differs between the three bodies' documents. */
export type SectorWords = {
  abbreviation: string
  signature: string
  /** "về sự phục vụ hành chính": after "sự hài lòng của người dân". */
  about: string
  annualSubject: string
  basis: string[]
  framework: string
  respondents: string
  scope: string
  factor: string
  places: string
  place: string
  visits: string
  questionnaires: string
  recipients: string[]
}

const administrative: SectorWords = {
  abbreviation: 'TTPVHCC',
  signature: 'GIÁM ĐỐC',
  about: 'về sự phục vụ hành chính',
  annualSubject: 'Kết quả Chỉ số hài lòng về sự phục vụ hành chính',
  basis: [
    'Căn cứ Quyết định số 1001/QĐ-BNV ngày 11/12/2023 của Bộ Nội vụ về phương pháp đo lường sự hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước giai đoạn 2023-2026;',
  ],
  framework:
    'Bộ câu hỏi được xây dựng theo khung tiêu chí SIPAS ban hành kèm theo Quyết định số 1001/QĐ-BNV, phần đánh giá dịch vụ. Người trả lời là người dùng dịch vụ tự nguyện cho ý kiến, không phải mẫu được chọn ngẫu nhiên tại hộ gia đình; vì vậy kết quả này không phải và không thay thế kết quả điều tra SIPAS do Bộ Nội vụ công bố; kết quả cũng khác với tỷ lệ hài lòng trong tiếp nhận, giải quyết thủ tục hành chính theo Quyết định số 766/QĐ-TTg, là số tính từ hồ sơ trễ hạn và phản ánh, kiến nghị.',
  respondents: 'người dân, đại diện doanh nghiệp, tổ chức đã thực hiện thủ tục hành chính',
  scope: 'các quầy tiếp nhận hồ sơ và dịch vụ công trực tuyến của Trung tâm Phục vụ hành chính công',
  factor: 'yếu tố',
  places: 'các quầy và dịch vụ công trực tuyến',
  place: 'Quầy, dịch vụ',
  visits: 'lượt giao dịch',
  questionnaires: 'bộ câu hỏi',
  recipients: ['Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã'],
}

const health: SectorWords = {
  abbreviation: 'TYT',
  signature: 'TRƯỞNG TRẠM',
  about: 'về cung cấp dịch vụ y tế',
  annualSubject: 'Kết quả khảo sát sự hài lòng của người dân về cung cấp dịch vụ y tế',
  basis: [
    'Căn cứ Quyết định số 56/QĐ-BYT ngày 08/01/2024 của Bộ Y tế về đo lường sự hài lòng của người dân đối với dịch vụ y tế công giai đoạn 2024-2030;',
  ],
  framework:
    'Bộ câu hỏi được xây dựng theo Quyết định số 56/QĐ-BYT, gồm năm nhóm tiêu chí: A. Khả năng tiếp cận; B. Minh bạch thông tin, thủ tục; C. Cơ sở vật chất; D. Thái độ, năng lực; E. Kết quả. Câu trả lời “Không sử dụng / Không có ý kiến” (mức 0) không đưa vào mẫu số.',
  respondents: 'người bệnh khám ngoại trú, người đi tiêm chủng và người nhà',
  scope: 'hoạt động khám bệnh, chữa bệnh và tiêm chủng của Trạm Y tế',
  factor: 'nhóm tiêu chí',
  places: 'các dịch vụ',
  place: 'Dịch vụ',
  visits: 'lượt khám, tiêm',
  questionnaires: 'loại phiếu',
  recipients: ['Phòng Văn hóa - Xã hội xã (để tổng hợp)'],
}

const education: SectorWords = {
  abbreviation: 'VHXH',
  signature: 'TRƯỞNG PHÒNG',
  about: 'về cung cấp dịch vụ giáo dục công lập',
  annualSubject: 'Kết quả khảo sát sự hài lòng của người dân về cung cấp dịch vụ giáo dục công lập',
  basis: [
    'Căn cứ Quyết định số 2034/QĐ-BGDĐT ngày 13/07/2023 của Bộ Giáo dục và Đào tạo về đo lường sự hài lòng của người dân đối với dịch vụ giáo dục công giai đoạn 2023-2030;',
  ],
  framework:
    'Bộ câu hỏi được xây dựng theo Quyết định số 2034/QĐ-BGDĐT, gồm năm lĩnh vực: tiếp cận dịch vụ giáo dục; cơ sở vật chất, trang thiết bị dạy học; môi trường giáo dục; hoạt động giáo dục; sự phát triển và tiến bộ của người học. Mỗi cấp học có một bộ câu hỏi.',
  respondents:
    'cha mẹ hoặc người giám hộ của trẻ em, học sinh (không hỏi học sinh, không thu thập thông tin của trẻ em)',
  scope: 'các trường mầm non, tiểu học, trung học cơ sở công lập',
  factor: 'lĩnh vực đánh giá',
  places: 'các trường',
  place: 'Trường',
  visits: 'học sinh',
  questionnaires: 'cấp học',
  recipients: ['Các trường công lập trên địa bàn xã'],
}

export const sectorWords: Record<Sector, SectorWords> = { administrative, health, education }
