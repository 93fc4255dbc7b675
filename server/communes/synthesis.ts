import { changeWords, missingWords, periodWords, standingWords } from '../../web/communes/words.ts'
import { formatDay } from '../../web/ui/format.ts'
import {
  blank,
  type Chapter,
  chartBlock,
  column,
  count,
  italic,
  layOut,
  list,
  paragraph,
  share,
  tableBlock,
  words,
} from '../reports/content/blocks.ts'
import { percent, tally } from '../reports/content/words.ts'
import type { Block, ReportDocument, Run, Table, TableCell } from '../reports/contract.ts'
import type { BoardIndicator, BoardRow, BoardView } from './board-contract.ts'
import type { Issuer } from './contract.ts'
import { chartOf, funnelOf } from './funnel-chart.ts'

const dots: Run = { text: '…', placeholder: true }

/** The yearly synthesis of the province in the layout of NĐ 30/2020/NĐ-CP; `issuer` null leaves its names to be filled in. */
export function writeSynthesis(board: BoardView, issuer: Issuer | null): ReportDocument {
  const year = board.period.slice(0, 4)
  const province = issuer?.province ?? 'tỉnh …'
  return {
    issuerAbove: `Ủy ban nhân dân ${province}`.toLocaleUpperCase('vi'),
    issuer: (issuer?.issuer ?? 'Đơn vị lập báo cáo').toLocaleUpperCase('vi'),
    number: [{ text: 'Số: ' }, dots, { text: '/BC-' }, dots],
    placeAndDate: [
      { text: `${province.replace(/^(tỉnh|thành phố) /i, '')}, ngày ` },
      dots,
      { text: ' tháng ' },
      dots,
      { text: ` năm ${board.today.slice(0, 4)}` },
    ],
    type: 'BÁO CÁO',
    subject: `Tổng hợp kết quả đo lường sự hài lòng của người dân tại các xã, phường năm ${year}`,
    body: [...grounds(board, province), ...layOut(chaptersOf(board))],
    appendices: [
      {
        title: `Phụ lục. Kết quả từng xã, phường năm ${year}`,
        body: board.indicators.map((one) => tableBlock(tableOf(board, one))),
      },
    ],
    recipients: [`Ủy ban nhân dân ${province} (để báo cáo)`, 'Ủy ban nhân dân các xã, phường', 'Lưu: VT'],
    signature: { authority: null, title: 'NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ' },
    period: `Năm ${year}, số liệu đọc đến ngày ${formatDay(board.today)}`,
    sheets: [],
  }
}

function grounds({ period, rows, isRunning, today }: BoardView, province: string): Block[] {
  const running = isRunning ? ` Năm chưa kết thúc: số liệu đến ngày ${formatDay(today)} còn thay đổi.` : ''
  return [
    italic({ text: 'Căn cứ ' }, blank('ghi kế hoạch hoặc văn bản giao nhiệm vụ của tỉnh'), { text: ';' }),
    paragraph(
      `Trên cơ sở số liệu do ${tally(rows.length)} xã, phường của ${province} tự đo bằng phần mềm Ý Dân và gửi qua giao diện số liệu, báo cáo tổng hợp ${periodWords(period)} như sau.${running}`,
    ),
  ]
}

const chaptersOf = (board: BoardView): Chapter[] => [
  { title: 'Khái quát', body: general(board) },
  { title: 'Kết quả theo chỉ tiêu', sections: board.indicators.map((one) => sectionOf(board, one)) },
  { title: 'Độ tin cậy của số liệu', body: reliability(board) },
  { title: 'Nhận xét, kiến nghị', body: [paragraph(blank('nhận xét và kiến nghị của đơn vị lập báo cáo'))] },
]

function general({ rows, indicators }: BoardView): Block[] {
  const missing = rows.filter((row) => row.missing)
  const heard = rows.length - missing.length
  const named = missing.map(({ commune, missing: why }) => `${commune.name} (${why ? missingWords(why) : ''})`)
  return [
    paragraph(`Có ${tally(heard)} trên ${tally(rows.length)} xã, phường có số liệu đầy đủ của kỳ.`),
    ...(named.length > 0 ? [paragraph('Chưa có số liệu đầy đủ:'), list(named)] : []),
    tableBlock({
      id: 'chi-tieu',
      caption: 'Kết quả các chỉ tiêu của toàn tỉnh',
      columns: [
        column('Chỉ tiêu', 40, 'left'),
        column('Toàn tỉnh', 13),
        column('Số phiếu', 12),
        column('Xã đạt', 11),
        column('Xã chưa đạt', 12),
        column('Thấp hơn giới hạn', 14),
      ],
      rows: indicators.map((one) => [
        words(`${one.code}. ${one.title}`),
        share(one.mean),
        count(one.responses),
        count(one.met),
        count(one.notMet),
        count(one.below),
      ]),
      note: 'Toàn tỉnh: mỗi người trả lời có trọng số như nhau. Thấp hơn giới hạn: thấp hơn mức chung nhiều hơn may rủi giải thích được, theo số phiếu của xã (giới hạn 95 %).',
    }),
  ]
}

function sectionOf(board: BoardView, indicator: BoardIndicator) {
  const { code, title, mean, target, heard, responses } = indicator
  const funnel = funnelOf(board, code)
  if (mean === null || !funnel) return { title: `${code}. ${title}`, body: [paragraph('Chưa đủ số liệu để tổng hợp.')] }
  const named = (standings: string[]) =>
    board.rows.filter(({ cells }) => standings.includes(cells[code]?.standing ?? '')).map(({ commune }) => commune.name)
  const [low, high] = [named(['far_below', 'below']), named(['above', 'far_above'])]
  const body: Block[] = [
    paragraph(
      `Toàn tỉnh đạt ${percent(mean, target)} trên ${tally(responses)} phiếu của ${tally(heard)} xã, phường; chỉ tiêu từ ${percent(target)} trở lên.`,
      low.length > 0
        ? `Thấp hơn mức chung nhiều hơn may rủi: ${low.join(', ')}.`
        : 'Không xã nào thấp hơn mức chung nhiều hơn may rủi.',
      high.length > 0 ? `Cao hơn mức chung: ${high.join(', ')}.` : undefined,
    ),
    chartBlock(chartOf(board, indicator, funnel)),
  ]
  return { title: `${code}. ${title}`, body }
}

function reliability({ rows, changes, findings, period }: BoardView): Block[] {
  const own = changes.filter((one) => one.period.startsWith(period))
  const changed = own.map(
    ({ name, code, period: of, reason }) => `${name}, ${code}, ${periodWords(of)}: ${changeWords[reason]}`,
  )
  const ledger = findings.map(({ name, sentence }) => `${name}: ${sentence}`)
  const open = rows.filter(({ reading }) => reading?.source === 'open').map(({ commune }) => commune.name)
  return [
    paragraph(
      'Người trả lời là người vừa dùng dịch vụ và muốn trả lời, không phải mẫu ngẫu nhiên; vì vậy các xã được so với giới hạn theo số phiếu, không xếp hạng.',
      open.length > 0 ? `Số liệu lấy từ dữ liệu mở đã gộp nhóm: ${open.join(', ')}.` : undefined,
    ),
    ...(changed.length > 0 ? [paragraph('Số liệu của kỳ đã khép mà sau đó thay đổi:'), list(changed)] : []),
    ...(ledger.length > 0 ? [paragraph('Sổ cái không còn như lần đã thấy:'), list(ledger)] : []),
  ]
}

/** All communes of one indicator, for the appendix and the workbook. */
export const tableOf = ({ rows }: BoardView, { code, title }: BoardIndicator): Table => ({
  id: `xa-${code}`,
  caption: `${code}. ${title}`,
  columns: [
    column('TT', 6, 'center'),
    column('Xã, phường', 26, 'left'),
    column('Hài lòng', 12),
    column('Cận dưới', 12),
    column('Cận trên', 12),
    column('Số phiếu', 11),
    column('So với mức chung', 18, 'left'),
    column('Ghi chú', 20, 'left'),
  ],
  rows: rows.map((row, index) => [count(index + 1), words(row.commune.name), ...cellsOf(row, code)]),
})

function cellsOf({ cells, missing }: BoardRow, code: string): TableCell[] {
  const cell = cells[code]
  const said = [missing && missingWords(missing), cell?.changed && changeWords[cell.changed]].filter(Boolean).join('; ')
  if (!cell) return [share(null), share(null), share(null), count(null), words('–'), words(said)]
  const { score, lower, upper, responses } = cell.figure
  const standing = cell.standing ? standingWords[cell.standing] : '–'
  return [share(score), share(lower), share(upper), count(responses), words(standing), words(said)]
}
