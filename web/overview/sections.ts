import type { PageSection } from '../ui/sections/sections.tsx'

export type CommuneSection = 'chi-tieu' | 'co-quan' | 'truong' | 'canh-nhau' | 'lo-trinh' | 'tieng-noi'

/** What one address of "Toàn xã" shows; the first is the answer. */
export const communeSections: readonly PageSection<CommuneSection>[] = [
  { key: 'chi-tieu', label: 'Sáu chỉ tiêu' },
  { key: 'co-quan', label: 'Đơn vị' },
  { key: 'truong', label: 'Trường học' },
  { key: 'canh-nhau', label: 'Nơi phục vụ cạnh nhau' },
  { key: 'lo-trinh', label: 'Lộ trình đến 2030' },
  { key: 'tieng-noi', label: 'Tiếng nói còn vắng' },
]

export type HealthSection = 'ket-qua' | 'cai-thien' | 'thoi-gian' | 'cau-hoi' | 'noi' | 'nguoi' | 'con-so' | 'y-kien'

/** What one address of "Y tế" shows; all but the first and the last are about the service chosen. */
export const healthSections: readonly PageSection<HealthSection>[] = [
  { key: 'ket-qua', label: 'Kết quả' },
  { key: 'cai-thien', label: 'Nên cải thiện' },
  { key: 'thoi-gian', label: 'Thời gian' },
  { key: 'cau-hoi', label: 'Câu hỏi' },
  { key: 'noi', label: 'Nơi phục vụ' },
  { key: 'nguoi', label: 'Cách trả lời' },
  { key: 'con-so', label: 'Con số đi kèm' },
  { key: 'y-kien', label: 'Ý kiến' },
]
