import type { TableCell } from '../contract.ts'

const nbsp = '\u00a0'

/** Stands where nothing was measured: an empty cell would look forgotten, a zero would lie. */
const nothing = '–'

/** "1.234,50". The minus is a hyphen, so that a number copied from Word into Excel stays a number. */
export function formatNumber(value: number | null, decimals: number, unit?: '%'): string {
  if (value === null || !Number.isFinite(value)) return nothing
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.')
  const digits = fraction === undefined ? grouped : `${grouped},${fraction}`
  const sign = value < 0 && /[1-9]/.test(digits) ? '-' : ''
  return `${sign}${digits}${unit ? nbsp + unit : ''}`
}

/** "23/11/2026" from "2026-11-23". */
export const formatDay = (day: string): string => day.split('-').reverse().join('/')

export function formatCell(cell: TableCell): string {
  if (cell.kind === 'text') return cell.text
  return cell.kind === 'date' ? formatDay(cell.day) : formatNumber(cell.value, cell.decimals, cell.unit)
}
