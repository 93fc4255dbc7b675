import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskPersonalData } from '../../server/cases/masking-rules.ts'

const masked = (text: string) => maskPersonalData(text).masked

test.each([
  '0912345678',
  '0912 345 678',
  '0912.345.678',
  '0912-345-678',
  '0912 - 345 - 678',
  '0 9 1 2 3 4 5 6 7 8',
  '091.2345.678',
  '09.12.34.56.78',
  '0388123456',
  '0563 123 456',
  '01681234567',
  '0297 3 823 456',
  '(0297) 3 823 456',
  '02973823456',
  '+84912345678',
  '+84 912 345 678',
  '+84-912-345-678',
  '+84 (0) 912 345 678',
  '0084912345678',
  '0084 912.345.678',
  '84912345678',
  '០៩១២៣៤៥៦៧៨',
  '０９１２３４５６７８',
  '0912 345 67',
  '0912,345,678',
  '0912/345/678',
  '0912_345_678',
  '0912, 345, 678',
  '0912:345:678',
  '09/12/34/56/78',
  '0912\u200b345\u200b678',
  '0\u00ad912345678',
  '\u202a0912 345 678',
  '0912\u2011345\u2011678',
  '0912\u202f345\u00a0678',
  '０９１２－３４５－６７８',
  '០៩១២\u200b៣៤៥ ៦៧៨',
  '٠٩١٢٣٤٥٦٧٨',
  '๐๙๑๒๓๔๕๖๗๘',
  '𝟎𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖',
  '0912\n345\n678',
  '[0912] 345 678',
  '(0297) 3.823/456',
  '0297,3823456',
  '+84,912,345,678',
  '0084/912/345/678',
])('a telephone number is hidden however it is written: %s', (number) => {
  const invisible = /[\u202a]/g
  expect(masked(`Xin gọi ${number}, cảm ơn`).replace(invisible, '')).toBe('Xin gọi [số điện thoại], cảm ơn')
})

test.each([
  '091085001234',
  '091 085 001 234',
  '0910 8500 1234',
  '091.085.001.234',
  '285123456',
  '285 123 456',
  '285-123-456',
])('so is a number of identity papers: %s', (number) => {
  expect(masked(`CCCD ${number} của tôi`)).toBe('CCCD [số giấy tờ] của tôi')
})

test.each(['nguoi.dan@example.com', 'a_b+c@thu.example.vn', '0912345678@example.com', 'dân@tên-miền.vn'])(
  'so is an e-mail address: %s',
  (address) => {
    expect(masked(`Gửi về ${address} nhé`)).toBe('Gửi về [địa chỉ thư] nhé')
  },
)

test.each([
  'ngày 05/09/2026',
  'ngày 05.09.2026',
  'ngày 05-09-2026 lúc 10:30',
  'ngày 05.09.2026 10 giờ',
  'từ 01.02.2026-05.03.2026',
  'từ 01/02/2026 đến 05/03/2026',
  'năm 2025 - 2026',
  'giá 1.500.000 đồng',
  'giá 150.000.000',
  'đền bù 1,250,000,000 đồng',
  'thu 500 000 đ',
  'nộp 285123456 đồng',
  'hết 3 000 000 000 vnđ',
  'Nghị định 118/2025/NĐ-CP',
  'Luật 91/2025/QH15, Điều 12',
  'Quyết định 1001/QĐ-BNV ngày 11/12/2023',
  'mã hồ sơ 000.00.22.H01-251112-0001',
  'quầy số 3, phòng 12, lúc 7h30',
  'chờ 15 - 20 phút',
  'thửa 123, tờ bản đồ 45',
  'a @ b',
  'ngày 01/02/2026, 3 lần',
  'ngày 05/09/2026: 300 người',
  'từ 01/02/2026\n03/04/2026',
  'các ngày 01/02/2026, 03/04/2026',
  'quầy 01, 02, 03, 04, 05',
  'lúc 07:30, 08:15 và 09:45',
  'lúc 07:30:15',
  'năm 2025,2026',
  'mã hồ sơ H01.22-251126-0007',
  'Thông tư 03/2026/TT-BNV',
  'giá 1,500,000 đồng',
  'chữ Khmer \u200bសួស្តី\u200b giữ nguyên',
  'số ២៥ và ２５',
])('what only looks alike stays: %s', (text) => {
  expect(maskPersonalData(text)).toEqual({ masked: text, found: 0 })
})

test('every piece is found and counted, whatever stands around it', () => {
  const text = 'sđt:0912345678/0987 654 321, ngày 05.09.2026 0912345678. Ấp 2 0912345678 đ/c An. Số 1.0912345678'
  expect(maskPersonalData(text)).toEqual({
    masked:
      'sđt:[số điện thoại]/[số điện thoại], ngày 05.09.2026 [số điện thoại]. Ấp 2 [số điện thoại] đ/c An. Số 1.[số điện thoại]',
    found: 5,
  })
})

describe('for any text', () => {
  const around = fc.string({ unit: fc.constantFrom(...'aăđ ,:;!?\n"xyz'), maxLength: 20 })
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(...'0123456789 .-+()/@:ađh'), maxLength: 60 }),
  )

  test('it never throws, and masking twice changes nothing more', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = masked(text)
        expect(maskPersonalData(once)).toEqual({ masked: once, found: 0 })
      }),
      { numRuns: 3000 },
    )
  })

  test('no mobile number gets through, in any grouping', () => {
    const digit = fc.constantFrom(...'0123456789')
    const number = fc
      .tuple(
        fc.constantFrom('0', '+84', '0084'),
        fc.constantFrom(...'35789'),
        fc.array(
          fc.tuple(
            fc.constantFrom('', '', '', ' ', '.', '-', ' - ', ',', '/', '_', '\u200b', '\u2011', '\u00a0'),
            digit,
          ),
          { minLength: 8, maxLength: 8 },
        ),
      )
      .map(([front, second, rest]) => front + second + rest.flat().join(''))
    fc.assert(
      fc.property(around, number, around, (before, spelled, after) => {
        expect(masked(before + spelled + after)).toBe(`${before}[số điện thoại]${after}`)
      }),
      { numRuns: 3000 },
    )
  })

  test('it takes no longer than its length is worth', () => {
    for (const piece of ['0 ', '0.9.', 'a.', '1 ', '+84', '05.09.', '0,', '0\n', '01/02/2026,', '០\u200b']) {
      const started = performance.now()
      maskPersonalData(piece.repeat(20_000))
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })
})
