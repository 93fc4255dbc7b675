import type { AgencyToday, TodayView } from '../../../server/today/contract.ts'
import { type PageSection, wholePage } from '../../ui/sections/sections.tsx'

/** The first section: how it stands, and which places to look at. */
export const overviewKey = 'tong-quan'
export const harmKey = 'chua-hai-long'

/** An agency may have any code; none of these is one of the others. */
export const agencyKey = (code: string): string => `dv-${code}`

export const heardAgencies = ({ agencies }: TodayView): AgencyToday[] =>
  agencies.filter(({ places }) => places.length > 0)

/**
 * Of several agencies a section each, behind one that holds them together; of one agency its places. Then what citizens
 * found fault with and said, but for the day shown instead of an empty one (`last`).
 */
export function boardSections(view: TodayView, last: boolean): PageSection[] {
  const agencies = heardAgencies(view)
  const several = agencies.map(({ code, name }) => ({ key: agencyKey(code), label: name }))
  const voices = { key: harmKey, label: view.comments ? 'Chưa hài lòng, ý kiến' : 'Điều chưa hài lòng' }
  if (agencies.length < 2) return last ? [] : [{ key: overviewKey, label: 'Các nơi phục vụ' }, voices]
  return [{ key: overviewKey, label: 'Tổng quan' }, ...several, ...(last ? [] : [voices])]
}

/** What is shown of a board with these sections: one that it does not have is the first, a board of one page is whole. */
export function sectionOfBoard(sections: PageSection[], asked: string | undefined): string {
  const [first] = sections
  if (!first || asked === wholePage) return wholePage
  return sections.some(({ key }) => key === asked) ? (asked as string) : first.key
}
