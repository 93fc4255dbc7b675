import type { PageSection } from '../ui/sections/sections.tsx'
import type { PublicWords } from './languages/vi.ts'

export type PublicSection = keyof PublicWords['sections']

/** Keys stand in addresses and are the same in every language. */
const keys = {
  'chi-tieu': 'indicators',
  'co-quan': 'agencies',
  diem: 'places',
  thang: 'months',
  'cach-tra-loi': 'channels',
  'da-lam': 'improvements',
  'bao-cao': 'reports',
} as const satisfies Record<string, PublicSection>
export type PublicKey = keyof typeof keys

const communeKeys: PublicKey[] = ['chi-tieu', 'co-quan', 'thang', 'cach-tra-loi', 'da-lam', 'bao-cao']
const agencyKeys: PublicKey[] = ['diem', 'chi-tieu', 'thang', 'da-lam']

const named = (some: PublicKey[], words: PublicWords): PageSection<PublicKey>[] =>
  some.map((key) => ({ key, label: words.sections[keys[key]] }))

export const communeSections = (words: PublicWords) => named(communeKeys, words)
export const agencySections = (words: PublicWords) => named(agencyKeys, words)
