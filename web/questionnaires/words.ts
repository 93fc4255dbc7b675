import type { ExtraQuestion, Language, Sector } from '../../server/catalogue/contract.ts'

export type VersionStatus = 'draft' | 'published' | 'retired'

const statuses: Record<string, string> = { draft: 'Bản thảo', published: 'Đang dùng', retired: 'Đã ngừng dùng' }
const sectorNames: Record<Sector, string> = { administrative: 'Hành chính', health: 'Y tế', education: 'Giáo dục' }
const languageNames: Record<Language, string> = { vi: 'tiếng Việt', en: 'tiếng Anh', km: 'tiếng Khmer' }

export const statusName = (status: string) => statuses[status] ?? status
export const sectorName = (sector: string) => sectorNames[sector as Sector] ?? sector
/** "tiếng Anh, Khmer" */
export const languageList = (languages: string[]) =>
  `tiếng ${languages.map((language) => languageName(language).replace('tiếng ', '')).join(', ')}`

export const languageName = (language: string) => languageNames[language as Language] ?? language

export const extraKinds: Record<ExtraQuestion['kind'], string> = {
  scale: 'thang 1 đến 5',
  percent: 'phần trăm',
  choice: 'chọn một',
}
