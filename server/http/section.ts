import { type PageSection, wholePage } from '../../web/ui/sections/sections.tsx'
import { PublicError } from '../errors.ts'

/** The section that an address names (`phan`), by default the first; 400 for one that the page does not have. */
export function readSection(query: unknown, sections: readonly PageSection[]): string {
  const asked = (query as { phan?: unknown } | undefined)?.phan
  if (asked === undefined || asked === '') return (sections[0] as PageSection).key
  if (asked !== wholePage && !sections.some(({ key }) => key === asked)) throw new PublicError('bad_request')
  return asked as string
}
