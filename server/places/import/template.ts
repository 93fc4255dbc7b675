import { spansExample } from '../../typed/clock.ts'
import { weekExample, writeWeek } from '../../typed/week.ts'
import { noOwnDays, ownDaysExample, writeOwnDays } from '../own-days-rules.ts'
import { noHours } from './hours-rules.ts'
import type { ImportKnown, KnownPlace } from './known.ts'

const columns = [
  ['Tên nơi phục vụ', 36],
  ['Đơn vị', 34],
  ['Bộ câu hỏi', 40],
  ['Lĩnh vực', 36],
  ['Mã', 14],
  ['Tên tiếng Anh', 30],
  ['Tên tiếng Khmer', 30],
  ['Giờ làm việc', 44],
  ['Ngày nghỉ, ngày làm thêm', 50],
] as const

const help: [string, string][] = [
  ['Tên nơi phục vụ', 'Bắt buộc. Tên người dân đọc trên tờ dán, tối đa 120 ký tự.'],
  ['Đơn vị', 'Tên hoặc tên ngắn như danh sách bên dưới. Để trống được khi chỉ một đơn vị có loại dịch vụ đó.'],
  ['Bộ câu hỏi', 'Tên như danh sách bên dưới, hoặc: mầm non, tiểu học, THCS, khám bệnh, tiêm chủng, hành chính.'],
  ['Lĩnh vực', 'Chỉ với thủ tục hành chính; nhiều lĩnh vực cách nhau bằng dấu chấm phẩy.'],
  ['Mã', 'Để trống thì Ý Dân đặt mã. Mã đã có: dòng ấy chỉ đổi giờ làm việc và ngày riêng của nơi mang mã.'],
  ['Tên tiếng Anh, tên tiếng Khmer', 'Để trống thì dùng tên tiếng Việt.'],
  [
    'Giờ làm việc',
    `Như ${weekExample}. Ngày không ghi là ngày nghỉ. Để trống: giữ nguyên; “${noHours}”: nơi này không xét giờ.`,
  ],
  [
    'Giờ làm việc theo cột',
    `Hoặc mỗi ngày một cột, “Thứ 2” … “Thứ 7”, “Chủ nhật”: ${spansExample}, hay “nghỉ”. Hoặc ba cột “Giờ mở cửa”, “Giờ đóng cửa”, “Ngày làm việc”.`,
  ],
  [
    'Ngày nghỉ, ngày làm thêm',
    `Ngày riêng của nơi ấy, như ${ownDaysExample}. Để trống: giữ nguyên; “${noOwnDays}”: bỏ hết. Ngày lễ chung của xã không cần ghi.`,
  ],
]

/** A table to fill in with these places in it, and a sheet that says what goes where with the names this commune knows. */
export async function writeTable(known: ImportKnown, places: KnownPlace[]): Promise<Buffer> {
  const { agencies, questionnaires, fields } = known
  const listed = (title: string, names: string[]) => [[], [title], ...names.map((name) => [name])]
  const guide = [
    ...help,
    ...listed(
      'Các đơn vị',
      agencies.map(({ name }) => name),
    ),
    ...listed(
      'Các bộ câu hỏi',
      questionnaires.map(({ name }) => name),
    ),
    ...listed(
      'Các lĩnh vực',
      fields.map(({ name }) => name),
    ),
  ]
  const { writeXlsx } = await import('hucre/xlsx')
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Nơi phục vụ',
        // As text: Excel makes a day of "7-11" and a number of a code.
        columns: columns.map(([, width]) => ({ width, numFmt: '@' })),
        rows: [columns.map(([name]) => name), ...places.map((place) => rowOf(place, known))],
      },
      { name: 'Hướng dẫn', columns: [{ width: 44 }, { width: 90 }], rows: guide },
    ],
  })
  return Buffer.from(bytes)
}

function rowOf(place: KnownPlace, { agencies, questionnaires, fields }: ImportKnown): string[] {
  const nameOf = (things: { code: string; name: string }[], code: string) =>
    things.find((one) => one.code === code)?.name ?? ''
  return [
    place.name,
    nameOf(agencies, place.agency),
    nameOf(questionnaires, place.questionnaire),
    place.fields.map((code) => nameOf(fields, code)).join('; '),
    place.code,
    place.nameEn,
    place.nameKm,
    place.week ? writeWeek(place.week) : '',
    writeOwnDays(place.ownDays),
  ]
}
