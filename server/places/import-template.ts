import type { ImportKnown } from './import-reading.ts'

const columns = [
  ['Tên nơi phục vụ', 36],
  ['Đơn vị', 34],
  ['Bộ câu hỏi', 40],
  ['Lĩnh vực', 36],
  ['Mã', 14],
  ['Tên tiếng Anh', 30],
  ['Tên tiếng Khmer', 30],
] as const

const help: [string, string][] = [
  ['Tên nơi phục vụ', 'Bắt buộc. Tên người dân đọc trên tờ dán, tối đa 120 ký tự.'],
  ['Đơn vị', 'Tên hoặc tên ngắn như danh sách bên dưới. Để trống được khi chỉ một đơn vị có loại dịch vụ đó.'],
  ['Bộ câu hỏi', 'Tên như danh sách bên dưới, hoặc: mầm non, tiểu học, THCS, khám bệnh, tiêm chủng, hành chính.'],
  ['Lĩnh vực', 'Chỉ với thủ tục hành chính; nhiều lĩnh vực cách nhau bằng dấu chấm phẩy.'],
  ['Mã', 'Để trống thì Ý Dân đặt mã.'],
  ['Tên tiếng Anh, tên tiếng Khmer', 'Để trống thì dùng tên tiếng Việt.'],
]

/** An empty table to fill in, and a sheet that says what goes where with the names this commune knows. */
export async function writeTemplate({ agencies, questionnaires, fields }: ImportKnown): Promise<Buffer> {
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
        columns: columns.map(([, width]) => ({ width })),
        rows: [columns.map(([name]) => name)],
      },
      { name: 'Hướng dẫn', columns: [{ width: 44 }, { width: 90 }], rows: guide },
    ],
  })
  return Buffer.from(bytes)
}
