import { createHash } from 'node:crypto'
import { toKeptText } from '../typed/text.ts'
import type { TextPlace } from './change-contract.ts'
import type { TextEntry } from './contract.ts'

/** What is compared: spreadsheets and browsers make other spaces of the same text. */
export const plainText = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What is kept of a typed text: one line, and a figure never parted from its percent sign. U+200B, where Khmer breaks, stays. */
export const tidyText = (typed: string): string =>
  toKeptText(typed)
    .replace(/[ \t\n]+/g, ' ')
    .trim()
    .replace(/([\d០-៩}]) %/g, '$1\u00a0%')

/** Names a text with its translation: another wording of either has another name. */
export const pairOf = ({ part, key }: TextPlace, vi: string, km: string): string =>
  createHash('sha256')
    .update(JSON.stringify([part, key, plainText(vi), plainText(km)]))
    .digest('base64url')
    .slice(0, 22)

/** "{1}", "{2}", "{}": what a page puts values in the place of. */
export const placeholdersOf = (text: string): string[] => (text.match(/\{\d*\}/g) ?? []).sort()

/** Long enough for what Khmer needs, short enough for the page of a telephone and its 14 600 bytes. */
export const mostLetters = (vi: string, km: string): number =>
  Math.max(24, Math.ceil(1.5 * Math.max(plainText(vi).length, plainText(km).length)))

type Judged = Pick<TextEntry, 'vi' | 'en' | 'km' | 'most' | 'mayBeEmpty'>

/** Why a Khmer text cannot be taken, in one sentence; null where it can. */
export function findTextProblem({ vi, en, km, most, mayBeEmpty }: Judged, text: string): string | null {
  if (text === '') return mayBeEmpty ? null : 'chưa có câu tiếng Khmer; xin ghi, không để trống.'
  const wanted = placeholdersOf(vi || en || km)
  const given = placeholdersOf(text)
  if (wanted.join() !== given.join()) return sayPlaceholders(wanted, given)
  if (/[{}]/.test(text.replace(/\{\d*\}/g, ''))) return 'có dấu { hoặc } đứng lẻ; xin bỏ dấu đó.'
  if (text.length > most) return `dài ${text.length} ký tự, nhiều nhất là ${most}; xin viết ngắn lại.`
  if (hasKhmer(km) && !hasKhmer(text)) return 'chưa có chữ Khmer nào; xin xem có ghi nhầm cột không.'
  return null
}

function sayPlaceholders(wanted: string[], given: string[]): string {
  if (wanted.length === 0) return `có ${given.join(' ')} mà câu tiếng Việt không có; xin bỏ đi.`
  const found = given.length > 0 ? `, đang có ${given.join(' ')}` : ''
  return `phải giữ đủ ${wanted.join(' ')} (chỗ trang điền số, tên, ngày)${found}.`
}

const hasKhmer = (text: string): boolean => /[\u1780-\u17ff]/.test(text)
