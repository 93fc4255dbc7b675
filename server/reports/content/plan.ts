import type { Block, ReportDocument } from '../contract.ts'
import type { ReportValues, SampleBasis } from '../input/contract.ts'
import { blank, type Chapter, column, count, list, paragraph, tableBlock, words } from './blocks.ts'
import { isShown, mainIndicator } from './findings-rules.ts'
import { purposeOf } from './overview.ts'
import { sectorWords } from './sectors.ts'
import { daysInWords, formatDay, formatInteger, formatTarget, periodName, scoreInWords, tally } from './words.ts'

/** Kế hoạch khảo sát. */
export const planChapters = (values: ReportValues): Chapter[] => [
  {
    title: 'Mục đích, yêu cầu',
    sections: [
      { title: 'Mục đích', body: [paragraph(purposeOf(values)), ...lastResult(values)] },
      { title: 'Yêu cầu', body: [requirements] },
    ],
  },
  { title: 'Đối tượng, phạm vi khảo sát', body: whom(values) },
  {
    title: 'Phương pháp, cỡ mẫu',
    sections: [
      { title: 'Phương pháp', body: how(values) },
      { title: 'Cỡ mẫu', body: sampleOf(values) },
    ],
  },
  { title: 'Thời gian', body: schedule(values) },
  { title: 'Nội dung bộ câu hỏi', body: questions(values) },
  { title: 'Tổ chức thực hiện', body: duties(values) },
  { title: 'Kinh phí', body: [paragraph(blank('Nêu dự toán và nguồn kinh phí thực hiện'))] },
]

const requirements = list([
  'Khách quan, trung thực; không chọn sẵn người trả lời, không hướng dẫn hoặc gợi ý câu trả lời.',
  'Phiếu không ghi họ tên, số điện thoại, số giấy tờ của người trả lời; việc trả lời là tự nguyện.',
  'Kết quả được nêu kèm số phiếu và khoảng tin cậy 95\u00a0%; nhóm có dưới 05 phiếu không nêu kết quả.',
])

/** What is known of the running period, as the reason for the plan. */
function lastResult(values: ReportValues): Block[] {
  const main = mainIndicator(values)
  if (!main?.before || !isShown(main.before.score)) return []
  return [
    paragraph(
      `Kết quả chỉ tiêu ${main.code} ${daysInWords(values.previous)}: ${scoreInWords(main.before.score, main.target)}.`,
    ),
  ]
}

function whom({ sector, issuer, indicators }: ReportValues): Block[] {
  const named = sectorWords[sector]
  return [
    paragraph(`Đối tượng: ${named.respondents}; từ đủ 18 tuổi trở lên.`),
    paragraph(`Phạm vi: ${named.scope} trên địa bàn ${issuer.commune}, ${issuer.province}.`),
    paragraph('Chỉ tiêu được đo lường:'),
    list(
      indicators.map(
        ({ code, title, target, period }) =>
          `${code} - ${title}: ${formatTarget(target)} (${/^đến /i.test(period) ? period : `giai đoạn ${period}`}).`,
      ),
    ),
  ]
}

const how = ({ sector }: ReportValues): Block[] => [
  paragraph(sectorWords[sector].framework),
  list([
    'Thu phiếu thường xuyên: người dân quét mã QR đặt tại nơi phục vụ, trả lời trên điện thoại trong khoảng nửa phút; người không dùng điện thoại trả lời trên màn hình tại chỗ hoặc phiếu giấy.',
    'Khảo sát theo đợt: phiếu giấy hoặc phỏng vấn do người không thuộc đơn vị được đánh giá thực hiện, để đối chiếu với kết quả tự khảo sát.',
    'Ngôn ngữ: tiếng Việt, tiếng Khmer và tiếng Anh.',
  ]),
]

/** n = N / (1 + N·e²), from the visits or pupils that are known. */
function sampleOf({ basis, sector }: ReportValues): Block[] {
  const { visits, place } = sectorWords[sector]
  const formula =
    'Cỡ mẫu tính theo công thức n = N/(1 + N × e²), trong đó N là tổng thể, e = 5\u00a0% là sai số cho phép.'
  if (!basis || basis.population === null || basis.needed === null)
    return [
      paragraph(
        `${formula} Chưa có đủ số liệu về số ${visits} của 12 tháng gần nhất để tính cỡ mẫu.`,
        blank(`ghi số ${visits} của từng nơi và cỡ mẫu tương ứng`),
      ),
    ]
  return [
    paragraph(
      `${formula} Theo số ${visits} ${daysInWords(basis)}, N = ${formatInteger(basis.population)}, cỡ mẫu tối thiểu là ${tally(basis.needed)} phiếu. Cỡ mẫu được phân bổ theo số ${visits} của từng nơi, mỗi nơi không dưới 30 phiếu (hoặc hỏi tất cả nếu có ít hơn 30 người).`,
    ),
    sampleTable(basis, visits, place),
  ]
}

function sampleTable({ places, population }: SampleBasis, visits: string, place: string): Block {
  const planned = places.reduce((sum, one) => sum + (one.planned ?? 0), 0)
  return tableBlock({
    id: 'co-mau',
    caption: 'Phân bổ cỡ mẫu',
    columns: [
      column('TT', 8, 'center'),
      column(place, 48, 'left'),
      column(`Số ${visits}`, 22),
      column('Số phiếu dự kiến', 22),
    ],
    rows: [
      ...places.map((one, index) => [count(index + 1), words(one.name), count(one.population), count(one.planned)]),
      [words(''), words('Cộng'), count(population), count(planned)],
    ],
  })
}

function schedule({ kind, period }: ReportValues): Block[] {
  return [
    list([
      `Thu phiếu thường xuyên: ${daysInWords(period)}.`,
      [{ text: 'Đợt khảo sát phiếu giấy, phỏng vấn: ' }, blank('ghi ngày bắt đầu và ngày kết thúc'), { text: '.' }],
      [
        { text: 'Tổng hợp, báo cáo kết quả ' },
        { text: `${periodName(kind, period)}: trước ngày ` },
        blank('ghi ngày'),
        { text: '.' },
      ],
    ]),
  ]
}

function questions({ questionnaires, sector }: ReportValues): Block[] {
  const { factor } = sectorWords[sector]
  return questionnaires.flatMap(({ title, plan, askedPerResponse, versions }) => {
    const criteria = plan.reduce((sum, one) => sum + one.criteria.length, 0)
    const asked =
      askedPerResponse < criteria
        ? ` Mỗi phiếu thu qua mã QR hỏi ${tally(askedPerResponse)} tiêu chí, các tiêu chí không cốt lõi được chọn ngẫu nhiên.`
        : ''
    const current = versions.at(-1)
    const since = current?.publishedOn
      ? ` (phiên bản ${current.version}, dùng từ ngày ${formatDay(current.publishedOn)})`
      : ''
    return [
      paragraph(`${title}${since}: ${tally(criteria)} tiêu chí thuộc ${tally(plan.length)} ${factor}.${asked}`),
      list(plan.map((one) => `${one.title}: ${tally(one.criteria.length)} tiêu chí.`)),
    ]
  })
}

function duties({ issuer, sector }: ReportValues): Block[] {
  const { scope } = sectorWords[sector]
  return [
    list([
      `${issuer.name}: chủ trì thực hiện kế hoạch; đặt mã QR tại các nơi phục vụ; ghi số ${sectorWords[sector].visits} hằng tháng; tổng hợp và báo cáo Ủy ban nhân dân xã.`,
      `Các đơn vị, bộ phận thuộc phạm vi khảo sát (${scope}): tạo thuận lợi để người dân trả lời, không can thiệp vào câu trả lời; xử lý ý kiến góp ý đúng thời hạn.`,
      [
        { text: 'Người thực hiện phỏng vấn: ' },
        blank('ghi đơn vị, số người; không thuộc bộ phận được đánh giá'),
        { text: '.' },
      ],
      [{ text: 'Phân công cụ thể: ' }, blank('ghi bộ phận, người phụ trách và thời hạn'), { text: '.' }],
    ]),
  ]
}

/** The criteria in full, one appendix for all questionnaires. */
export const planQuestions = ({ questionnaires }: ReportValues): ReportDocument['appendices'] => [
  {
    title: 'Nội dung các bộ câu hỏi',
    body: questionnaires.map(({ code, title, plan }) =>
      tableBlock({
        id: `bo-cau-hoi-${code}`,
        caption: title,
        columns: [column('Số', 10, 'center'), column('Nhóm', 32, 'left'), column('Tiêu chí', 58, 'left')],
        rows: plan.flatMap((factor) =>
          factor.criteria.map(({ official, text }) => [words(official), words(factor.title), words(text)]),
        ),
      }),
    ),
  },
]
