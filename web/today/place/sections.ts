import type { PageSection } from '../../ui/sections/sections.tsx'

export type PlaceSection = 'vi-sao' | 'linh-vuc' | 'y-kien' | 'dien-bien' | 'de-rieng'

/** What one address of a place's page shows; the first is the answer. */
export const placeSections: readonly PageSection<PlaceSection>[] = [
  { key: 'vi-sao', label: 'Vì sao' },
  { key: 'linh-vuc', label: 'Lĩnh vực' },
  { key: 'y-kien', label: 'Ý kiến' },
  { key: 'dien-bien', label: 'Diễn biến' },
  { key: 'de-rieng', label: 'Phiếu để riêng' },
]
