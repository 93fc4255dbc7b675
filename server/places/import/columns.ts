import type { Cell } from '../../spreadsheets/contract.ts'
import type { TableKind } from '../../spreadsheets/reading.ts'
import { placeCodePattern } from '../contract.ts'
import { type ImportRole, weekdayRoles } from './contract.ts'

/** The ministry's ids of schools (91912401) are no codes of ours: those have letters and neither 0 nor 1. */
const mayBeCodes = (cells: Cell[]): boolean => {
  const codes = cells.map((cell) => String(cell).toUpperCase()).filter((code) => placeCodePattern.test(code))
  return codes.some((code) => /[A-Z]/.test(code)) && codes.length * 2 >= cells.length
}

const weekdayPatterns = [
  /\b(thu 2|thu hai|t2)\b/,
  /\b(thu 3|thu ba|t3)\b/,
  /\b(thu 4|thu tu|t4)\b/,
  /\b(thu 5|thu nam|t5)\b/,
  /\b(thu 6|thu sau|t6)\b/,
  /\b(thu 7|thu bay|t7)\b/,
  /\b(cn|chu nhat)\b/,
]
const weekday = new RegExp(weekdayPatterns.map(({ source }) => source).join('|'))

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
    hours: 'Giờ làm việc',
    t2: 'Giờ thứ Hai',
    t3: 'Giờ thứ Ba',
    t4: 'Giờ thứ Tư',
    t5: 'Giờ thứ Năm',
    t6: 'Giờ thứ Sáu',
    t7: 'Giờ thứ Bảy',
    cn: 'Giờ Chủ nhật',
    opens: 'Giờ mở cửa',
    closes: 'Giờ đóng cửa',
    openDays: 'Ngày làm việc',
    ownDays: 'Ngày nghỉ, ngày làm thêm',
  },
  rules: [
    { role: 'opens', words: [/\b(mo cua|bat dau)\b/], not: /\bngay\b/ },
    { role: 'closes', words: [/\b(dong cua|ket thuc)\b/], not: /\bngay\b/ },
    { role: 'ownDays', words: [/\bngay (rieng|nghi|le|lam them|lam bu|dac biet)\b/] },
    { role: 'openDays', words: [/\bngay (lam viec|mo cua|phuc vu)\b/], not: /\bso ngay\b/ },
    { role: 'hours', words: [/\b(gio|thoi gian) (lam viec|phuc vu|hanh chinh|mo cua)\b/], not: weekday },
    ...weekdayRoles.map((role, at) => ({ role, words: [weekdayPatterns[at] as RegExp] })),
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
