import type { Verdict } from '../../score/contract.ts'
import type { Block, TableCell } from '../contract.ts'
import type { Group, ReportValues } from '../input/contract.ts'
import { column, paragraph, share, tableBlock, words } from './blocks.ts'
import { findChanged, isShown } from './findings-rules.ts'
import { sectorWords } from './sectors.ts'
import { changeShort, comparisonInWords, joinNames, joinWords, previousName, startSentence } from './words.ts'

/** IV. So với kỳ trước. */
export function comparison(values: ReportValues): Block[] {
  const than = previousName(values)
  const { indicators, factors, sector } = values
  if (indicators.every(({ before }) => before === null))
    return [againstTargets(values), paragraph(`Không có số liệu của ${than} nên chưa so sánh được với kỳ trước.`)]
  const sentences = indicators.map(({ code, score, before }) => {
    const said = comparisonInWords(score, before, than)
    return paragraph(said ? `Chỉ tiêu ${code}: ${said}.` : `Chỉ tiêu ${code}: chưa đủ số liệu để so sánh với ${than}.`)
  })
  const rows = [
    ...indicators.map(({ code, score, before }) => ({ key: code, label: `Chỉ tiêu ${code}`, score, before })),
    ...factors,
  ]
  return [
    againstTargets(values),
    ...sentences,
    paragraph(changedInWords(factors, sectorWords[sector].factor)),
    tableBlock({
      id: 'so-sanh',
      caption: `So sánh với ${than}`,
      columns: [
        column('Nội dung', 36, 'left'),
        ...['Kỳ trước', 'Kỳ này', 'Chênh lệch (điểm phần trăm)'].map((title) => column(title, 15)),
        column('Kết luận', 19, 'left'),
      ],
      rows: rows.map(compareRow),
    }),
  ]
}

/** Which indicators stand where, without their figures: those are in the table of results. */
function againstTargets({ indicators, unfinished }: ReportValues): Block {
  const codes = (verdict: Verdict) =>
    joinWords(
      indicators.filter((one) => isShown(one.score) && one.verdict === verdict && !one.dueFrom).map(({ code }) => code),
    )
  const watched = indicators.filter(({ score, dueFrom }) => isShown(score) && dueFrom).map(({ code }) => code)
  const said = [
    [codes('met'), 'đạt chỉ tiêu'],
    [codes('not_met'), 'chưa đạt chỉ tiêu'],
    [codes('not_yet_provable'), 'chưa đủ căn cứ để kết luận'],
    [joinWords(watched), 'đang được theo dõi, chưa đến kỳ phải đạt'],
    [joinWords(indicators.filter(({ score }) => !isShown(score)).map(({ code }) => code)), 'chưa có kết quả'],
  ]
  const known = said.filter(([which]) => which !== '').map(([which, where]) => `${which} ${where}`)
  const provisional = unfinished || indicators.some((one) => one.provisional) ? ' (tạm tính)' : ''
  return paragraph(`So với mức được giao${provisional}: ${known.join('; ')}.`)
}

function compareRow({ label, score, before }: Group): TableCell[] {
  const known = before !== null && isShown(score) && isShown(before.score)
  return [
    words(label),
    before && isShown(before.score) ? share(before.score.score) : words('–'),
    isShown(score) ? share(score.score) : words('–'),
    known && before.difference ? { kind: 'number', value: before.difference.difference, decimals: 2 } : words('–'),
    words(changeShort(score, before)),
  ]
}

function changedInWords(groups: Group[], name: string): string {
  const labels = (change: 'rise' | 'fall') => findChanged(groups, change).map(({ label }) => label)
  const [risen, fallen] = [labels('rise'), labels('fall')]
  if (risen.length + fallen.length === 0)
    return `Ở từng ${name}, chưa đủ căn cứ để kết luận có thay đổi so với kỳ trước.`
  const said = [
    risen.length > 0 ? `${startSentence(name)} tăng: ${joinNames(risen)}.` : '',
    fallen.length > 0 ? `${startSentence(name)} giảm: ${joinNames(fallen)}.` : '',
  ]
  return said.filter(Boolean).join(' ')
}
