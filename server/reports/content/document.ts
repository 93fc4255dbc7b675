import type { Block, ReportDocument, ReportInput, ReportKind, Run } from '../contract.ts'
import { inputFormat, type ReportValues } from '../input/contract.ts'
import { appendices, number, sheets } from './appendices.ts'
import { fillBlanks } from './blanks-rules.ts'
import { blank, type Chapter, italic, layOut, paragraph } from './blocks.ts'
import { comparison } from './comparison.ts'
import { composition } from './composition.ts'
import { criteria } from './criteria.ts'
import { limits, opinions, proposals } from './discussion.ts'
import { general } from './indicators.ts'
import { overview, timeOf } from './overview.ts'
import { planChapters, planQuestions } from './plan.ts'
import { results, trend } from './results.ts'
import { sectorWords } from './sectors.ts'
import { periodName } from './words.ts'

/** The document of an input: no clock and no randomness, so the same input always gives the same document. */
export function writeDocument(input: ReportInput): ReportDocument {
  if (input.format !== inputFormat) throw new Error(`report input of format ${input.format}, expected ${inputFormat}`)
  const values = input.values as ReportValues
  const { issuer, kind, sector } = values
  const named = sectorWords[sector]
  const isPlan = kind === 'annual_plan'
  const document: ReportDocument = {
    issuerAbove: issuer.above.toLocaleUpperCase('vi'),
    issuer: issuer.name.toLocaleUpperCase('vi'),
    number: [{ text: 'Số: ' }, dots, { text: `/${isPlan ? 'KH' : 'BC'}-${named.abbreviation}` }],
    placeAndDate: placeAndDate(values),
    type: isPlan ? 'KẾ HOẠCH' : 'BÁO CÁO',
    subject: subjectOf(values),
    body: [...correctionNote(values), ...grounds(values), ...layOut(chaptersOf[kind](values))],
    appendices: isPlan ? number(planQuestions(values)) : appendices(values),
    recipients: [`Ủy ban nhân dân ${issuer.commune} (để báo cáo)`, ...named.recipients, 'Lưu: VT'],
    signature: { authority: null, title: named.signature },
    sheets: sheets(values),
  }
  return fillBlanks(document, values.paragraphs.blanks ?? {})
}

/** Whoever holds both versions must see at once which one stands. */
function correctionNote({ correction }: ReportValues): Block[] {
  if (!correction) return []
  const reason = correction.reason.replace(/\s+/g, ' ').replace(/([^.!?…])$/, '$1.')
  return [paragraph(`Bản này đính chính và thay thế bản ${correction.version}. Lý do: ${reason}`)]
}

const dots: Run = { text: '…', placeholder: true }

const placeAndDate = ({ issuer, madeOn }: ReportValues): Run[] => [
  { text: `${issuer.communeName}, ngày ` },
  dots,
  { text: ' tháng ' },
  dots,
  { text: ` năm ${madeOn.slice(0, 4)}` },
]

function subjectOf({ kind, sector, period }: ReportValues): string {
  const { annualSubject, about } = sectorWords[sector]
  const when = periodName(kind, period)
  if (kind === 'annual_plan') return `Khảo sát sự hài lòng của người dân ${about} ${when}`
  return `${kind === 'annual_result' ? annualSubject : `Kết quả theo dõi sự hài lòng của người dân ${about}`} ${when}`
}

/** Căn cứ, then the sentence that opens the document. */
function grounds(values: ReportValues): Block[] {
  const { issuer, kind, sector, period } = values
  const verb = kind === 'annual_plan' ? 'xây dựng kế hoạch khảo sát' : 'báo cáo kết quả đo lường'
  const local = `Căn cứ Kế hoạch của Ủy ban nhân dân ${issuer.commune} về cải cách hành chính giai đoạn 2026-2030`
  const result = [
    ...sectorWords[sector].basis.map((text) => italic({ text })),
    italic({ text: `${local} ` }, blank('ghi số, ngày của kế hoạch'), { text: ';' }),
  ]
  if (kind !== 'annual_plan' && kind !== 'monthly')
    result.push(
      italic({ text: 'Căn cứ ' }, blank('ghi kế hoạch khảo sát hoặc văn bản giao nhiệm vụ trong kỳ'), { text: '.' }),
    )
  else result.push(italic({ text: 'Căn cứ ' }, blank('ghi văn bản giao nhiệm vụ'), { text: '.' }))
  return [
    ...result,
    paragraph(`${issuer.name} ${issuer.commune} ${verb} ${about(values)} ${periodName(kind, period)} như sau:`),
  ]
}

const about = ({ sector }: ReportValues): string => `sự hài lòng của người dân ${sectorWords[sector].about}`

const annualChapters = (values: ReportValues): Chapter[] => [
  { title: 'Khái quát', sections: overview(values) },
  { title: 'Đặc điểm mẫu khảo sát', sections: composition(values) },
  {
    title: 'Kết quả khảo sát',
    sections: hasAnswers(values) ? results(values) : [],
    body: hasAnswers(values) ? [] : general(values),
  },
  { title: 'So sánh với chỉ tiêu và kỳ trước', body: comparison(values) },
  { title: 'Ý kiến góp ý và việc tiếp thu', body: opinions(values) },
  { title: 'Hạn chế, nguyên nhân', body: limits(values) },
  { title: 'Đề xuất, kiến nghị', body: proposals(values) },
]

/** A quarter keeps the breakdowns, without the general part that the year's report carries. */
const quarterlyChapters = (values: ReportValues): Chapter[] => [
  {
    title: 'Số phiếu và kết quả',
    sections: [
      { title: 'Thời gian, số phiếu', body: sizeAndTime(values) },
      ...(hasAnswers(values) ? results(values) : []),
    ],
  },
  { title: 'So sánh với chỉ tiêu và kỳ trước', body: comparison(values) },
  { title: 'Ý kiến góp ý và việc tiếp thu', body: opinions(values) },
  { title: 'Hạn chế, nguyên nhân', body: limits(values) },
  { title: 'Đề xuất, kiến nghị', body: proposals(values) },
]

const monthlyChapters = (values: ReportValues): Chapter[] => [
  {
    title: 'Số phiếu và kết quả',
    body: [...sizeAndTime(values), ...general(values), ...criteria(values), ...trend(values)],
  },
  { title: 'So sánh với chỉ tiêu và kỳ trước', body: comparison(values) },
  { title: 'Ý kiến góp ý và việc tiếp thu', body: opinions(values) },
  { title: 'Hạn chế, nguyên nhân và kiến nghị', body: [...limits(values), ...proposals(values)] },
]

const chaptersOf: Record<ReportKind, (values: ReportValues) => Chapter[]> = {
  annual_result: annualChapters,
  annual_plan: planChapters,
  quarterly: quarterlyChapters,
  monthly: monthlyChapters,
}

const hasAnswers = ({ overall }: ReportValues): boolean => overall.responses > 0

const sizeAndTime = (values: ReportValues): Block[] => [
  paragraph(timeOf(values)),
  ...overview(values)
    .filter(({ title }) => title === 'Cỡ mẫu và số phiếu')
    .flatMap(({ body }) => body),
]
