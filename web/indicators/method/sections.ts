import type { PageSection } from '../../ui/sections/sections.tsx'

export type MethodSection = 'ai' | 'con-so' | 'tin-cay' | 'bo-cau-hoi' | 'chi-tieu' | 'cong-thuc'

/** What one address of the method page shows; the first is what everybody asks first. */
export const methodSections: readonly PageSection<MethodSection>[] = [
  { key: 'ai', label: 'Hỏi ai, hỏi gì' },
  { key: 'con-so', label: 'Đọc con số' },
  { key: 'tin-cay', label: 'Tin được đến đâu' },
  { key: 'bo-cau-hoi', label: 'Bộ câu hỏi' },
  { key: 'chi-tieu', label: 'Chỉ tiêu' },
  { key: 'cong-thuc', label: 'Công thức' },
]
