import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import { dueFrom, isProvisional } from '../indicators/target-rules.ts'
import { daysBefore } from '../days.ts'
import { type CatalogueState } from '../catalogue/catalogue.ts'
import { channels } from '../catalogue/contract.ts'
import { type DataField, type DataTable, type DataTableName } from './open-data-contract.ts'
import { type PublicScore } from './public-contract.ts'
import { type Figures, judgePublic, type PublicParts, publicScore, readFigures, scoreIndicator } from './public-figures.ts'
import { readPublicPending } from './public-pending.ts'
import { lastOfMonth } from './rules.ts'
import { monthsBetween, type SliceKey } from './slices-rules.ts'

/** One table of the open data as it stands; made of published groups and public descriptions only. */
export function readDataTable(parts: PublicParts, name: DataTableName): Promise<DataTable> {
  return { daily, monthly, indicators, places, questionnaires }[name](parts)
}

const text = (name: string, description: string, required = true): DataField => ({ name, type: 'string', description, ...(required && { required }) })
const figureFields: DataField[] = [
  { name: 'responses', type: 'integer', description: 'Số phiếu được tính và được công bố; trống khi bị ẩn.' },
  { name: 'score', type: 'number', description: 'Điểm hài lòng, phần trăm.' },
  { name: 'lower', type: 'number', description: 'Cận dưới của khoảng tin cậy 95 %.' },
  { name: 'upper', type: 'number', description: 'Cận trên của khoảng tin cậy 95 %.' },
  {
    name: 'suppressed', type: 'boolean', required: true,
    description: 'true: không đủ 5 phiếu để công bố riêng (có thể không có phiếu nào).',
  },
]
const day = (name: string, description: string): DataField => ({ name, type: 'date', description, required: true })

/** Two decimals: what the reports print. */
const round = (percent: number | null) => (percent === null ? null : Math.round(percent * 100) / 100)

const figuresOf = (score: PublicScore) => ({
  responses: score?.responses ?? null,
  score: round(score?.score ?? null),
  lower: round(score?.lower ?? null),
  upper: round(score?.upper ?? null),
  suppressed: score === null,
})

async function daily(parts: PublicParts): Promise<DataTable> {
  const { state, published, slices } = await readFigures(parts)
  const first = published.groups.map((group) => group.day).sort()[0] ?? published.closed
  const days = monthsBetween(first, published.closed).flatMap((month) => daysOf(month, first, published.closed))
  return {
    name: 'daily', title: 'Điểm theo ngày và điểm phục vụ', modified: published.at, primaryKey: ['day', 'place'],
    description: 'Mỗi ngày đã khép, mỗi điểm phục vụ một dòng. Phiếu lẻ của ngày được gộp vào bảng tháng.',
    fields: [day('day', 'Ngày theo giờ Việt Nam.'), text('place', 'Mã điểm phục vụ.'), ...figureFields],
    rows: days.flatMap((one) =>
      state.places.map(({ id, code }) => ({
        day: one, place: code,
        ...figuresOf(publicScore(slices, { scope: 'place', id: String(id), period: one })),
      })),
    ),
  }
}

function daysOf(month: string, first: string, last: string): string[] {
  const start = `${month}-01`
  const count = Number(lastOfMonth(start).slice(8))
  const days = Array.from({ length: count }, (_, index) => daysBefore(start, -index))
  return days.filter((one) => one >= first && one <= last)
}

async function monthly(parts: PublicParts): Promise<DataTable> {
  const { state, published, slices } = await readFigures(parts)
  const first = published.groups.map((group) => group.day).sort()[0] ?? published.closed
  const rows = monthsBetween(first, published.closed).flatMap((period) =>
    monthSubjects(state).map(({ scope, id, code }) => ({
      month: period, scope, code, complete: lastOfMonth(`${period}-01`) <= published.closed,
      ...figuresOf(publicScore(slices, { scope, id, period })),
    })),
  )
  return {
    name: 'monthly', title: 'Điểm theo tháng', modified: published.at, primaryKey: ['month', 'scope', 'code'], rows,
    description: 'Theo điểm phục vụ, cơ quan, toàn xã và cách trả lời. Tháng chưa khép chỉ gồm các ngày đã công bố.',
    fields: [
      text('month', 'Tháng, dạng YYYY-MM.'),
      text('scope', 'place, agency, commune hoặc channel.'),
      text('code', 'Mã điểm phục vụ, cơ quan hoặc cách trả lời; commune cho toàn xã.'),
      { name: 'complete', type: 'boolean', required: true, description: 'Tháng đã khép.' },
      ...figureFields,
    ],
  }
}

const monthSubjects = (state: CatalogueState): (Pick<SliceKey, 'scope' | 'id'> & { code: string })[] => [
  { scope: 'commune', id: '', code: 'commune' },
  ...state.agencies.map(({ id, code }) => ({ scope: 'agency' as const, id: String(id), code })),
  ...state.places.map(({ id, code }) => ({ scope: 'place' as const, id: String(id), code })),
  ...channels.map((channel) => ({ scope: 'channel' as const, id: channel, code: channel })),
]

async function indicators(parts: PublicParts): Promise<DataTable> {
  const figures = await readFigures(parts)
  const { published, year } = figures
  const known = await readIndicators(parts.database)
  const periods = [year, ...monthsBetween(`${year}-01-01`, published.closed)]
  const pairs = known.flatMap((indicator) => periods.map((period) => ({ indicator, period })))
  const rows = await Promise.all(
    pairs.map(async ({ indicator, period }) => {
      const range = daysOfPeriod(period, published.closed)
      const { score } = await scoreIndicator(parts, figures, indicator, { period, range })
      const { code, title, target, version, definition } = indicator
      return {
        period, indicator: code, title, target, formula: definition.formula, definition_version: version,
        ...figuresOf(score),
        ...(await judgeYear(parts, figures, indicator, { period, range, score })),
        ...(await tellPending(parts, figures, indicator, { period, range, score })),
        provisional: isProvisional(indicator.period, parts.today()),
        due_from: dueFrom(indicator.period, range.to),
      }
    }),
  )
  // Without a time of its last change: what waits is told as of now, and a decision about it leaves no other mark here.
  return {
    name: 'indicators', title: 'Chỉ tiêu hài lòng', modified: null, primaryKey: ['period', 'indicator'], rows,
    description: 'Từng chỉ tiêu của kế hoạch: từ đầu năm đến ngày công bố, và từng tháng của năm.',
    fields: indicatorFields,
  }
}

type Asked = { period: string; range: { from: string; to: string }; score: PublicScore }

/** Months have no verdict: a target is of years. */
async function judgeYear(parts: PublicParts, figures: Figures, indicator: Indicator, { period, range, score }: Asked) {
  if (!score || period.length !== 4) return { verdict: null, verdict_reason: null, proven_share: null, ticket_rate: null }
  const { verdict, reason, provenShare, ticketRate } = await judgePublic(parts, figures, indicator, { range, score })
  return { verdict, verdict_reason: reason, proven_share: provenShare, ticket_rate: ticketRate }
}

/** What waits to be decided counts in the figures; of months it is not told. */
async function tellPending(parts: PublicParts, { state }: Figures, indicator: Indicator, { period, range, score }: Asked) {
  const pending = score && period.length === 4 ? await readPublicPending(parts, state, indicator, range) : null
  return {
    pending_patterns: pending?.patterns ?? (score && period.length === 4 ? 0 : null),
    pending_responses: pending?.responses ?? null,
    pending_turns_to: pending?.turnsTo ?? null,
  }
}

/** The closed days of a year or a month. */
function daysOfPeriod(period: string, closed: string) {
  if (period.length === 4) return { from: `${period}-01-01`, to: closed }
  return { from: `${period}-01`, to: [lastOfMonth(`${period}-01`), closed].sort()[0] as string }
}

const verdictReasonWords =
  'Vì sao chưa đủ căn cứ: interval, chỉ tiêu nằm trong khoảng tin cậy; few_days, dồn vào ít ngày; sources_differ, hai nguồn lệch nhau; unminted, ít phiếu từ trang của Ý Dân.'

const indicatorFields: DataField[] = [
  text('period', 'Năm YYYY hoặc tháng YYYY-MM.'),
  text('indicator', 'Mã chỉ tiêu trong kế hoạch.'),
  text('title', 'Tên chỉ tiêu.'),
  { name: 'target', type: 'number', required: true, description: 'Mức chỉ tiêu, phần trăm.' },
  text('formula', 'pooled: tính gộp; stratified: theo lượt phục vụ.'),
  { name: 'definition_version', type: 'integer', required: true, description: 'Phiên bản định nghĩa của chỉ tiêu.' },
  ...figureFields,
  text('verdict', 'met: đạt; not_met: chưa đạt; not_yet_provable: chưa đủ căn cứ. Chỉ có ở dòng của năm.', false),
  text('verdict_reason', verdictReasonWords, false),
  { name: 'proven_share', type: 'integer', description: 'Phần trăm số phiếu có kiểm chứng, làm tròn đến 5. Chỉ có ở dòng của năm.' },
  {
    name: 'ticket_rate', type: 'integer',
    description: 'Phần trăm phiếu một lần đã phát được trả lời, làm tròn đến 5; từ 20 phiếu. Chỉ có ở dòng của năm.',
  },
  { name: 'pending_patterns', type: 'integer', description: 'Số dấu hiệu bất thường đang chờ xem xét; phiếu liên quan vẫn đang được tính. Chỉ có ở dòng của năm.' },
  { name: 'pending_responses', type: 'integer', description: 'Số phiếu đang chờ xem xét; trống khi không có hoặc ít hơn 5.' },
  text('pending_turns_to', 'Kết luận nếu bỏ các phiếu đang chờ, khi khác kết luận hiện tại.', false),
  { name: 'provisional', type: 'boolean', required: true, description: 'Kỳ của chỉ tiêu chưa kết thúc: kết luận tạm tính.' },
  { name: 'due_from', type: 'integer', description: 'Năm bắt đầu phải đạt chỉ tiêu, khi chưa đến năm ấy: kết luận chỉ để theo dõi. Trống: đã đến kỳ.' },
]

async function places({ catalogue }: PublicParts): Promise<DataTable> {
  const state = await catalogue.read()
  return {
    name: 'places', title: 'Điểm phục vụ', modified: null, primaryKey: ['code'],
    description: 'Nơi người dân quét mã để trả lời.',
    fields: [
      text('code', 'Mã điểm phục vụ.'),
      text('name', 'Tên.'),
      text('name_en', 'Tên tiếng Anh.'),
      text('name_km', 'Tên tiếng Khmer.'),
      text('agency', 'Mã cơ quan.'),
      text('agency_name', 'Tên cơ quan.'),
      text('sector', 'administrative, health hoặc education.'),
      text('questionnaire', 'Mã bộ câu hỏi.'),
      { name: 'open', type: 'boolean', required: true, description: 'Đang nhận đánh giá.' },
    ],
    rows: state.places.map(({ code, name, agency, sector, questionnaire, open }) => ({
      code, name: name.vi, name_en: name.en, name_km: name.km,
      agency: agency.code, agency_name: agency.name.vi, sector, questionnaire, open,
    })),
  }
}

async function questionnaires({ catalogue }: PublicParts): Promise<DataTable> {
  const state = await catalogue.read()
  const published = state.versions.filter(({ status }) => status !== 'draft')
  return {
    name: 'questionnaires', title: 'Bộ câu hỏi', modified: null,
    primaryKey: ['questionnaire', 'version', 'criterion'],
    description: 'Mọi phiên bản đã ban hành: từng tiêu chí, xác suất được hỏi.',
    fields: [
      text('questionnaire', 'Mã bộ câu hỏi.'),
      { name: 'version', type: 'integer', required: true, description: 'Phiên bản.' },
      text('status', 'published: đang dùng; retired: đã thay.'),
      text('criterion', 'Mã tiêu chí.'),
      text('official', 'Số của tiêu chí trong danh mục của bộ.'),
      { name: 'probability', type: 'number', required: true, description: 'Xác suất một phiếu được hỏi tiêu chí này.' },
      text('text', 'Câu hỏi.'),
      text('text_en', 'Câu hỏi tiếng Anh.'),
      text('text_km', 'Câu hỏi tiếng Khmer.'),
    ],
    rows: published.flatMap(({ code, version, status, plan }) =>
      plan.criteria.map((criterion, position) => ({
        questionnaire: code, version, status, criterion: criterion.code, official: criterion.official,
        probability: Math.round((plan.probability[position] ?? 0) * 10_000) / 10_000,
        text: criterion.text.vi, text_en: criterion.text.en, text_km: criterion.text.km,
      })),
    ),
  }
}
