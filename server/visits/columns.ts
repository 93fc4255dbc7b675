import type { Cell } from '../spreadsheets/contract.ts'
import type { TableKind } from '../spreadsheets/reading.ts'
import { parsePeriod } from '../spreadsheets/time.ts'
import { parseCount } from '../spreadsheets/values.ts'
import type { ColumnRole } from './contract.ts'

const roleNames: Record<ColumnRole, string> = {
  place: 'Nơi phục vụ',
  field: 'Lĩnh vực',
  period: 'Ngày hoặc tháng',
  count: 'Số lượt',
}

/** Small numbers under "Tháng 1" are counts of that month, not times. */
const mayBeTimes = (cells: Cell[]): boolean =>
  cells.some((cell) => parsePeriod(cell, false) !== null) || cells.some((cell) => parseCount(cell) === null)

/** Dossier numbers and days are no counts: most cells must be, and none may be a day. */
const mayBeCounts = (cells: Cell[]): boolean => {
  const counts = cells.filter((cell) => parseCount(cell) !== null || String(cell).startsWith('='))
  const days = cells.filter((cell) => typeof cell === 'string' && parsePeriod(cell, false) !== null)
  const small = counts.filter((cell) => (parseCount(cell) ?? 0) < 10_000_000)
  return counts.length > 0 && small.length * 2 >= cells.length && days.length === 0
}

/** Words of folded headers as one-stop software, health stations, schools and the official forms write them. */
export const visitsKind: TableKind<ColumnRole> = {
  named: ['place', 'field'],
  names: roleNames,
  counted: 'count',
  rules: [
    { role: 'field', words: [/\blinh vuc\b/, /\bnhom thu tuc\b/, /\blinh vuc (giai quyet|cong viec|thu tuc)\b/] },
    {
      role: 'place',
      words: [
        ...[
          /\bquay\b/,
          /\bdiem\b/,
          /\b(ten|ma) (diem|noi|quay|truong)\b/,
          /\bphong kham\b/,
          /\btruong\b/,
          /\bdon vi\b/,
        ],
        ...[/\bnoi tiep nhan\b/, /\b(diem|noi) phuc vu\b/, /\bdiem tiep nhan\b/],
      ],
      not: /\b(don vi tinh|so quay|so diem|ghi chu|truong hop)\b|^(so|tong|diem (so|danh gia|trung binh))\b/,
    },
    {
      role: 'period',
      words: [
        ...[/\bngay\b/, /\bthang\b/, /\bky\b/, /\bthoi gian\b/, /\bngay gio\b/, /^(thoi diem|date|month)\b/],
        ...[/\b(ngay|thoi gian|thoi diem)( gio)? (tiep nhan|nhan|nop|kham)\b/, /\bky bao cao\b/],
      ],
      not: /\b(so ngay|ngay sinh|hen tra|ngay tra|tra ket qua|ket thuc|han|so|ky truoc|giai quyet|luong|luot)\b/,
      fits: mayBeTimes,
    },
    {
      role: 'count',
      words: [
        ...[/\bso luong\b/, /\bso (ho so|hs)\b/, /\bluot\b/, /\bso (luot|lan)\b/, /\b(so hoc sinh|hoc sinh|si so)\b/],
        ...[
          /\btong\b/,
          /\btong (so|cong)\b/,
          /^(sl|cong|total|count|quantity)$/,
          /\btiep nhan\b/,
          /\b(so|tong) (nguoi|tre)\b/,
        ],
        ...[
          /\b(ho so|hs) (da )?tiep nhan\b/,
          /\bso (luong )?(ho so|hs) (da )?tiep nhan\b/,
          /\bso (benh nhan|mui|ca)\b/,
        ],
        ...[/\bso (phieu|giao dich|khach)\b/, /\b(tiep nhan|da nhan) .*\btong so$/, /\btong so (ho so|hs|luot)\b/],
      ],
      not: /\b(ty le|ti le|phan tram|qua han|dung han|truoc han|dang|ton|ky truoc|luy ke|hen|ngay|tu choi|tra lai|rut|so ngay|nguoi tiep nhan|can bo|ma|hinh thuc|noi)\b/,
      fits: mayBeCounts,
      asksOnTie: true,
    },
  ],
}
