import type { Cell } from '../spreadsheets/contract.ts'
import type { TableKind } from '../spreadsheets/reading.ts'
import { placeCodePattern } from './contract.ts'
import type { ImportRole } from './import-contract.ts'

/** The ministry's ids of schools (91912401) are no codes of ours: those have letters and neither 0 nor 1. */
const mayBeCodes = (cells: Cell[]): boolean => {
  const codes = cells.map((cell) => String(cell).toUpperCase()).filter((code) => placeCodePattern.test(code))
  return codes.some((code) => /[A-Z]/.test(code)) && codes.length * 2 >= cells.length
}

/** Folded headers: with diacritics, without them, in capitals, all are the same. */
export const placesKind: TableKind<ImportRole> = {
  named: ['name'],
  counted: null,
  names: {
    name: 'Tên nơi phục vụ',
    nameEn: 'Tên tiếng Anh',
    nameKm: 'Tên tiếng Khmer',
    code: 'Mã QR của Ý Dân',
    agency: 'Đơn vị',
    questionnaire: 'Bộ câu hỏi, cấp học',
    fields: 'Lĩnh vực',
  },
  rules: [
    { role: 'nameEn', words: [/\b(tieng anh|english)\b/] },
    { role: 'nameKm', words: [/\b(tieng khmer|khmer)\b/] },
    {
      role: 'code',
      words: [/^(ma|code|ma qr|ma (diem|noi)( phuc vu)?|ma quay|ma y dan|qr)$/],
      fits: mayBeCodes,
    },
    { role: 'agency', words: [/\b(co quan|don vi)\b/], not: /^ma\b|\btinh\b|^ten don vi$/ },
    {
      role: 'questionnaire',
      words: [/\b(bo cau hoi|cap hoc|loai|loai hinh|mau phieu)\b/, /\b(bo cau hoi|cap hoc)\b/],
      not: /^ma\b/,
    },
    { role: 'fields', words: [/\blinh vuc\b/], not: /^ma\b/ },
    {
      role: 'name',
      words: [
        /\bten\b/,
        /\b((diem|noi) phuc vu|truong|quay|diem truong|phong kham)\b/,
        /\bten (diem|noi|truong|quay|don vi|co so)\b/,
      ],
      not: /^(ma|so|tong)\b|\b(hieu truong|dia chi|nguoi|lop|dien thoai|truong (diem|chuan)|hieu pho)\b/,
      fits: (cells) => cells.some((cell) => typeof cell === 'string' && /\p{L}/u.test(cell)),
    },
  ],
}
