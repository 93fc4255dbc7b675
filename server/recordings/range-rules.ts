/** Bytes from the first to the last, both included; `whole` where nothing, several or nothing sensible is asked for. */
export type Range = { first: number; last: number } | 'whole' | 'outside'

/**
 * One range of RFC 9110 §14.1.2, as Safari asks for before it plays anything. Several at once may be answered with the
 * whole (§14.2), and If-Range with another tag must be.
 */
export function readRange(
  { range, 'if-range': ifRange }: { range?: string | undefined; 'if-range'?: string | string[] | undefined },
  tag: string,
  size: number,
): Range {
  if (ifRange !== undefined && ifRange !== tag) return 'whole'
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) return 'whole'
  const [from, to] = [asked[1] as string, asked[2] as string]
  if (from === '') return Number(to) > 0 ? { first: Math.max(0, size - Number(to)), last: size - 1 } : 'outside'
  if (to !== '' && Number(to) < Number(from)) return 'whole'
  if (Number(from) >= size) return 'outside'
  return { first: Number(from), last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
