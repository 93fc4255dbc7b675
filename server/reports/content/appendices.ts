import { links } from '../../../web/links.ts'
import type { Block, ReportDocument, Table, TableCell } from '../contract.ts'
import type { QuestionnaireFigures, ReportValues } from '../input/contract.ts'
import { column, count, hiddenNote, list, paragraph, tableBlock, words } from './blocks.ts'
import { criterionColumns, criterionRow } from './criteria.ts'
import { fewestToShow, isShown } from './findings-rules.ts'
import { daysInWords, formatDay, formatTarget, joinWords, tally } from './words.ts'

type Appendices = ReportDocument['appendices']

const roman = ['I', 'II', 'III']

/** Every criterion of every questionnaire that was answered, and the method. */
export function appendices(values: ReportValues): Appendices {
  const answered = values.questionnaires.filter(({ criteria, score }) => criteria.length > 0 && isShown(score))
  const tables: Appendices =
    answered.length > 0 ? [{ title: 'Kết quả từng tiêu chí', body: answered.map(criteriaTable) }] : []
  return number([...tables, { title: 'Phương pháp tính và phiên bản bộ câu hỏi', body: method(values) }])
}

export const number = (parts: Appendices): Appendices =>
  parts.map(({ title, body }, index) => ({
    title: `Phụ lục${parts.length > 1 ? ` ${roman[index]}` : ''}: ${title}`,
    body,
  }))

const criteriaTable = ({ code, title, criteria }: QuestionnaireFigures): Block =>
  tableBlock({
    id: `tieu-chi-${code}`,
    caption: title,
    columns: criterionColumns,
    rows: criteria.map(criterionRow),
    ...(criteria.some(({ score }) => score.responses > 0 && !isShown(score)) ? { note: hiddenNote } : {}),
  })

function method(values: ReportValues): Block[] {
  return [
    paragraph(
      'Với mỗi phiếu, tỷ lệ câu trả lời ở mức 4 và mức 5 được tính trên các tiêu chí đã trả lời, mỗi tiêu chí được chia cho xác suất được hỏi. Mức độ hài lòng R là tổng của các tỷ lệ ấy chia cho tổng phần đã trả lời của mọi phiếu.',
    ),
    paragraph(
      'Khoảng tin cậy 95\u00a0% là khoảng Wilson tính với cỡ mẫu hiệu dụng, trong đó đơn vị tính phương sai là người trả lời. Chênh lệch giữa hai kỳ tính theo Newcombe; chỉ nói tăng hoặc giảm khi khoảng tin cậy của mức chênh lệch không chứa giá trị 0.',
    ),
    paragraph(`Cách tính đầy đủ và các bộ câu hỏi được công khai trên trang ${links.method} của hệ thống khảo sát.`),
    list(methodLines(values)),
  ]
}

/** One line per indicator and questionnaire version: what a number stands on. */
export function methodLines({ indicators, questionnaires, period, through, ledger }: ReportValues): string[] {
  return [
    `Số liệu: ${daysInWords({ from: period.from, to: through ?? period.to })}.`,
    ...(ledger ? [ledgerLine(ledger)] : []),
    ...indicators.map(({ code, version, formula, target, fieldNames, onlineOnly }) => {
      const part = fieldNames.length > 0 ? `; chỉ tính lĩnh vực ${joinWords(fieldNames)}` : ''
      const online = onlineOnly ? '; chỉ tính dịch vụ thực hiện trực tuyến' : ''
      const how = formula === 'pooled' ? 'tính gộp các phiếu' : 'tính theo số lượt của từng nơi'
      return `Chỉ tiêu ${code}, phiên bản định nghĩa ${version}: mức giao ${formatTarget(target)}; ${how}${part}${online}.`
    }),
    ...questionnaires.flatMap(({ title, versions }) =>
      versions.map(({ version, responses, publishedOn, retiredOn }) => {
        const days = `${publishedOn ? `, dùng từ ngày ${formatDay(publishedOn)}` : ''}${retiredOn ? ` đến ngày ${formatDay(retiredOn)}` : ''}`
        const answered = responses > 0 && responses < fewestToShow ? 'dưới 05' : tally(responses)
        return `Bộ câu hỏi “${title}”, phiên bản ${version}${days}: ${answered} phiếu trong kỳ.`
      }),
    ),
  ]
}

/** Name, size and root: with these anybody can check that no response behind the figures was changed since. */
function ledgerLine(checkpoint: string): string {
  const [origin, size, root] = checkpoint.split('\n') as [string, string, string]
  return `Sổ cái ${origin}: ${tally(Number(size))} dòng, mã gốc ${root}; kiểm tra tại trang ${links.ledger} của hệ thống khảo sát.`
}

/** Further sheets of the workbook. */
export function sheets(values: ReportValues): ReportDocument['sheets'] {
  return [
    { name: 'Số đếm', table: tallySheet(values) },
    { name: 'Phương pháp', table: methodSheet(values) },
  ]
}

const levelTitles = ['Mức 0', 'Mức 1', 'Mức 2', 'Mức 3', 'Mức 4', 'Mức 5']

/** Places and criteria with few answers keep their row and lose their numbers. */
function tallySheet({ tallies }: ReportValues): Table {
  const few = words(`<${fewestToShow}`)
  return {
    id: 'so-dem',
    caption: 'Số câu trả lời theo nơi, phiên bản bộ câu hỏi, tiêu chí và mức',
    columns: [
      column('Nơi', 16, 'left'),
      column('Bộ câu hỏi', 16, 'left'),
      column('Phiên bản', 6),
      column('Nhóm', 14, 'left'),
      column('Số', 5, 'center'),
      column('Tiêu chí', 22, 'left'),
      ...levelTitles.map((title) => column(title, 5)),
    ],
    rows: tallies.map(({ place, questionnaire, version, factor, official, text, responses, levels }): TableCell[] => {
      const answers = levels.reduce((sum, level) => sum + level, 0)
      const isFew = responses < fewestToShow || (answers > 0 && answers < fewestToShow)
      return [
        ...[words(place), words(questionnaire), count(version), words(factor), words(official), words(text)],
        ...levels.map((level) => (isFew ? few : count(level))),
      ]
    }),
    note: hiddenNote,
  }
}

const methodSheet = (values: ReportValues): Table => ({
  id: 'phuong-phap',
  caption: 'Phương pháp và phiên bản',
  columns: [column('TT', 10, 'center'), column('Nội dung', 90, 'left')],
  rows: methodLines(values).map((line, index) => [count(index + 1), words(line)]),
})
