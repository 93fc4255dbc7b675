import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNumber } from '../../server/cases/callback-rules.ts'
import { makeReceipt, readReceipt } from '../../server/receipt.ts'
import { readCode } from '../../server/staff/sign-in/totp.ts'
import { isChangedBySpreadsheet, readTypedCode, staysText } from '../../server/typed/code.ts'
import { readPlain, toPlainDigits } from '../../server/typed/digits.ts'
import { composeSecret, spellingsOf } from '../../server/typed/secret.ts'
import { mapTexts, toKeptText, toKeptTexts, toOneLine } from '../../server/typed/text.ts'
import { parseStrata } from '../../server/waves/rules.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'aệ\r\n\v\f\t \0\u0003\u0085\u2028\u202e\ud800\udc00\ufffe0٩９\u200b') }),
)

describe('text', () => {
  test.each([
    ['a\r\nb\rc\vd\fe\u2028f\u2029g\u0085h', 'a\nb\nc\nd\ne\nf\ng\nh'],
    ['Chờ\u0000 \u0003lâu\u001b\u007f\u009f', 'Chờ lâu'],
    ['a\ud800b\udc00c😀', 'abc😀'],
    ['a\ufffeb\uffffc\ufdd0d\u{1fffe}e', 'abcde'],
    ['a\u{e0041}b\u202ec\u2066d', 'abcd'],
    ['ệ'.normalize('NFD'), 'ệ'],
    ['សួស្តី\u200bពិភពលោក\tx', 'សួស្តី\u200bពិភពលោក\tx'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(toKeptText(typed)).toBe(kept)
  })

  test('for any text: once is enough, and nothing is left that PostgreSQL, XML or a limit stumbles over', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const kept = toKeptText(typed)
        expect(toKeptText(kept)).toBe(kept)
        expect(kept.isWellFormed()).toBe(true)
        expect(kept).not.toMatch(/(?![\t\n])\p{Cc}|\p{Noncharacter_Code_Point}|\r|\u2028/u)
        expect(toOneLine(toOneLine(typed))).toBe(toOneLine(typed))
        expect(toOneLine(typed)).not.toMatch(/[\n\t]|^ | $/)
      }),
      { numRuns: 2000 },
    )
  })

  test('every text of a body is turned, secrets stay as sent, and no depth is too deep', () => {
    const body = { name: 'a\u0003', list: ['b\r\nc', { inner: 'd\u0000' }], n: 1, none: null, password: 'e\u0301' }
    expect(toKeptTexts(body)).toEqual({
      ...{ name: 'a', list: ['b\nc', { inner: 'd' }], n: 1, none: null },
      password: 'e\u0301',
    })
    const deep = JSON.parse(`${'['.repeat(5000)}"a"${']'.repeat(5000)}`)
    expect(() => mapTexts(deep, toKeptText)).not.toThrow()
  })
})

describe('digits', () => {
  test('of every script of Unicode are read', () => {
    for (let point = 0; point < 0x110000; point += 1) {
      const one = String.fromCodePoint(point)
      if (!/\p{Nd}/u.test(one)) continue
      const compatible = one.normalize('NFKC')
      expect(toPlainDigits(one)).toMatch(/^\d$/)
      if (/^\d$/.test(compatible)) expect(toPlainDigits(one)).toBe(compatible)
    }
    expect(toPlainDigits('០១២៣៤៥៦៧៨៩ ٠١٢٣٤٥٦٧٨٩ ๐๑๒๓๔๕๖๗๘๙')).toBe('0123456789 0123456789 0123456789')
  })

  test('each place of the plain text leads to the typed one', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const { plain, places } = readPlain(typed)
        expect(places).toHaveLength(plain.length + 1)
        expect([...places].sort((a, b) => a - b)).toEqual(places)
        expect(places.at(-1)).toBe(typed.length)
      }),
    )
  })

  test.each([
    '\u202a0912 345 678\u202c',
    '០៩១២៣៤៥៦៧៨',
    '０９１２３４５６７８',
    '0912\u2011345\u2011678',
    '0912\u200b345\u200b678',
    '0912,345,678',
    '0912/345/678',
    '[0912]_345_678',
    '+84\u00a0912\u202f345\u00a0678',
    '\ufeff0084 912 345 678',
  ])('a call-back number is read from %j', (typed) => {
    expect(readNumber(typed)).toBe('0912345678')
  })

  test('receipts, one-time codes, place codes and counts of households too', () => {
    const receipt = makeReceipt('k', 1, 'a')
    const wide = [...receipt].map((one) =>
      /[0-9A-Z]/.test(one) ? String.fromCodePoint(one.charCodeAt(0) + 0xfee0) : '\u2011',
    )
    expect(readReceipt('k', `\u200e${wide.join('')}`)).toBe(receipt)
    expect(readCode('១២៣ ៤៥៦')).toBe('123456')
    expect(readTypedCode(' ｑｕａｙ\u200bhｔ ')).toBe('QUAYHT')
    expect(parseStrata('Ấp Một; ១.២០០; ２０').strata).toEqual([{ name: 'Ấp Một', population: 1200, planned: 20 }])
  })
})

describe('secrets', () => {
  const words = 'Mật khẩu của tôi 2026'
  test('one composed spelling, whichever keyboard typed it', () => {
    for (const spelling of spellingsOf(words)) expect(composeSecret(spelling)).toBe(words)
    expect(composeSecret('a\u00a0b\u3000c')).toBe('a b c')
    expect(composeSecret('²ａ')).toBe('²ａ')
  })

  test('the spellings stored before are the composed, the typed, the decomposed and that of Windows', () => {
    expect(spellingsOf('ậ ự')).toEqual(['ậ ự', 'a\u0323\u0302 u\u031b\u0323', '\u00e2\u0323 \u01b0\u0323'])
    expect(spellingsOf('mat khau')).toEqual(['mat khau'])
  })
})

describe('codes', () => {
  test.each([
    ...['24E5', '2E34', '34D67', 'MAR2', 'DEC24', '24DEC', 'JAN2', 'FEB29', 'SEPT5', 'JUNE25', '2MAY2026', 'THG2'],
    ...['0123', '0012', '3-5', '7/8', '9PM', '12:30', 'TRUE', 'FALSE', '1234567890123456'],
  ])('%s is not left to a spreadsheet', (code) => {
    expect([isChangedBySpreadsheet(code), staysText(code)]).toEqual([true, false])
  })

  test.each(['2345', 'NULL', 'NA'])('%s is no code either', (code) => {
    expect(staysText(code)).toBe(false)
  })

  test.each(['QUAYHT', 'QUAY2', 'E234', 'MARS', 'MAYTHU', 'DECK9', '3X4Y', 'H24', 'T225A', '2026-11-28', '2026-2030'])(
    '%s stays itself',
    (code) => {
      expect(isChangedBySpreadsheet(code)).toBe(false)
    },
  )
})
