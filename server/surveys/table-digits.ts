/** Digits of any script (១២៣, １２３) as 0-9, without invisible marks, every dash a hyphen: what a person meant to type. */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
}

/** Decimal digits stand in Unicode in runs of ten from zero on. */
function digitValue(digit: string): number {
  let zero = digit.codePointAt(0) as number
  const code = zero
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return code - zero
}
