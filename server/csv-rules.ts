/**
 * One cell of a CSV file (RFC 4180). A spreadsheet runs what begins like a formula, so that gets an apostrophe first
 * (OWASP: CSV injection).
 */
export function csvCell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export const csvLine = (cells: string[]): string => `${cells.map(csvCell).join(',')}\r\n`
