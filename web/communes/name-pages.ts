import { type PageSection, wholePage } from '../ui/sections/sections.tsx'

/** As many communes as a telephone shows in six screens beside what stands above them. */
export const mostOnPage = 20

/** A long list of communes, cut in the order of their names; no page at all where one holds everybody. */
export function pagesOfNames(names: string[]): PageSection[] {
  if (names.length <= mostOnPage) return []
  const starts = Array.from({ length: Math.ceil(names.length / mostOnPage) }, (_, page) => page * mostOnPage)
  return starts.map((start, page) => {
    const own = names.slice(start, start + mostOnPage)
    return { key: String(page + 1), label: `${shorten(own[0])} – ${shorten(own.at(-1))}` }
  })
}

/** What a page of the list shows of it. */
export function onPage<Row>(rows: Row[], section: string): Row[] {
  if (section === wholePage || rows.length <= mostOnPage) return rows
  const page = Number(section)
  return Number.isInteger(page) ? rows.slice((page - 1) * mostOnPage, page * mostOnPage) : []
}

/** "xã Vĩnh Thuận" → "Vĩnh Thuận". */
const shorten = (name = '') => name.replace(/^(xã|phường|đặc khu) /i, '')
