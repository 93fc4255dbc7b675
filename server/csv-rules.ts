import { isChangedBySpreadsheet } from './typed/code.ts'

/**
 * One text as a cell of a CSV file (RFC 4180). A spreadsheet runs what begins like a formula, and makes a number or a
 * date of some codes, so both get an apostrophe first (OWASP: CSV injection). Rejected: ="24E5", which LibreOffice and
 * every other reader take for just that, and a tab or an invisible mark in front, which makes codes unequal unseen.
 */
export function csvCell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) || isChangedBySpreadsheet(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** One line; numbers and yes or no go as they are, null is empty. */
export const csvLine = (cells: (string | number | boolean | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'string' ? csvCell(cell) : String(cell ?? ''))).join(',')}\r\n`
