import type { PageSection } from '../../ui/sections/sections.tsx'

export type IndicatorSection =
  | 'ket-qua'
  | 'thoi-gian'
  | 'cau-hoi'
  | 'noi'
  | 'nguoi'
  | 'con-so'
  | 'canh-bao'
  | 'cach-tinh'

/** What one address of an indicator's page shows; the first is the answer. */
export const indicatorSections: readonly PageSection<IndicatorSection>[] = [
  { key: 'ket-qua', label: 'Kết quả' },
  { key: 'thoi-gian', label: 'Thời gian' },
  { key: 'cau-hoi', label: 'Câu hỏi' },
  { key: 'noi', label: 'Nơi phục vụ' },
  { key: 'nguoi', label: 'Cách trả lời' },
  { key: 'con-so', label: 'Con số đi kèm' },
  { key: 'canh-bao', label: 'Cảnh báo sớm' },
  { key: 'cach-tinh', label: 'Cách tính' },
]
