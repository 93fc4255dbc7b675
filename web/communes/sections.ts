import type { BoardRow } from '../../server/communes/board-contract.ts'
import type { PageSection } from '../ui/sections/sections.tsx'
import { pagesOfNames } from './name-pages.ts'

const namesOf = (rows: BoardRow[]) => rows.map(({ commune }) => commune.name)

/** What one address of the board shows: first what somebody must look at, then everybody by name. */
export const boardSections = (rows: BoardRow[]): PageSection[] => [
  { key: 'can-xem', label: 'Cần xem' },
  ...pagesOfNames(namesOf(rows)),
]

export const indicatorSections = (rows: BoardRow[]): PageSection[] => [
  { key: 'so-sanh', label: 'So sánh' },
  ...pagesOfNames(namesOf(rows)),
]

/** The followed communes by name, then the forms; all on one page where they are few. */
export const listSections = (names: string[]): PageSection[] => {
  const pages = pagesOfNames(names)
  return pages.length === 0
    ? [{ key: formsKey, label: 'Danh sách' }]
    : [...pages, { key: formsKey, label: 'Thêm xã, đơn vị lập báo cáo' }]
}
export const formsKey = 'them'

/** Lower than chance explains, changed after its end, unheard, or with something wrong in its ledger. */
export const needsLook = ({ missing, presence, ledgerFindings, cells }: BoardRow): boolean =>
  missing !== null ||
  presence.state === 'away' ||
  presence.state === 'trouble' ||
  ledgerFindings > 0 ||
  Object.values(cells).some(
    ({ standing, changed }) => changed === 'unexplained' || standing === 'below' || standing === 'far_below',
  )
