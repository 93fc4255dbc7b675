/**
 * Percentages of the parts of one whole, at so many decimals, that add up to exactly 100: each is rounded down and
 * the hundredths left go to the largest remainders (Hamilton's method), of equal ones to the larger part, then to the
 * earlier one. For lists of parts only; a percentage that stands alone or is held against a target is rounded by itself.
 * All zero: zeros. Parts are counts or shares, none negative.
 */
export function apportion(parts: number[], decimals: number): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  if (whole === 0) return parts.map(() => 0)
  const units = 100 * 10 ** decimals
  // Shares come as floats: 0.29 of a whole is 28.999… hundredths, and must not lose one.
  const exact = parts.map((part) => Number(((part / whole) * units).toPrecision(12)))
  const given = exact.map(Math.floor)
  const left = units - given.reduce((sum, one) => sum + one, 0)
  const remainder = (index: number) => Number(((exact[index] ?? 0) - (given[index] ?? 0)).toFixed(9))
  const order = parts
    .map((part, index) => ({ part, index }))
    .sort((a, b) => remainder(b.index) - remainder(a.index) || b.part - a.part || a.index - b.index)
  for (const { index } of order.slice(0, left)) given[index] = (given[index] ?? 0) + 1
  return given.map((one) => one / 10 ** decimals)
}
