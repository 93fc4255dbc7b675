import { provenanceName } from '../../web/indicators/provenance-words.ts'
import { modeName, respondentName } from '../../web/indicators/words.ts'
import { vi } from '../../web/messages/vi.ts'
import { signNames } from '../../web/review/words.ts'
import { channelName } from '../../web/waves/words.ts'
import type { Field, Version } from '../catalogue/catalogue.ts'
import {
  channels,
  type ExtraQuestion,
  languages,
  provenances,
  respondents,
  serviceModes,
} from '../catalogue/contract.ts'
import { reasons } from '../tallies/contract.ts'
import { answeringSpans } from '../tallies/rules.ts'
import type { ExportColumn } from './contract.ts'
import { gatherCriteria, leftOut, nameColumn } from './rules.ts'

/** The columns of a file by group, in the file's order; criteria and extra questions also by their codes. */
export type ExportColumns = {
  head: ExportColumn[]
  criteria: { code: string; column: ExportColumn }[]
  extras: { code: string; column: ExportColumn }[]
  comment: ExportColumn[]
}

export const listColumns = ({ head, criteria, extras, comment }: ExportColumns): ExportColumn[] => [
  ...head,
  ...criteria.map(({ column }) => column),
  ...extras.map(({ column }) => column),
  ...comment,
]

/** Columns for the versions of one questionnaire, oldest first: each criterion once, whichever versions ask it. */
export function planColumns(versions: Version[], fields: Field[], withComments: boolean): ExportColumns {
  const taken = new Set<string>()
  return {
    head: headColumns(fields),
    criteria: planCriteria(versions, taken),
    extras: planExtras(versions, taken),
    comment: withComments ? [commentColumn] : [],
  }
}

const column = (
  name: string,
  label: string,
  more: Partial<Omit<ExportColumn, 'name' | 'label'>> = {},
): ExportColumn => ({
  name,
  label,
  kind: 'text',
  values: [],
  missing: [],
  empty: 'không có',
  sources: [],
  ...more,
})

const named = (codes: readonly string[], name: (code: string) => string): [string, string][] =>
  codes.map((code) => [code, name(code)])

/** Number of the span in which a response was answered, from 1; the last one has no end. */
const spanWords: [number, string][] = [...answeringSpans, null].map((end, index) => [
  index + 1,
  end === null ? `trên ${answeringSpans.at(-1)} giây` : `đến ${end} giây`,
])

function headColumns(fields: Field[]): ExportColumn[] {
  const number = { kind: 'number' } as const
  return [
    column('row', 'Số thứ tự trong tệp này; không phải mã phiếu, không theo thứ tự gửi', number),
    column('place', 'Mã nơi phục vụ'),
    column('place_name', 'Tên nơi phục vụ hiện nay'),
    column('day', 'Ngày gửi phiếu (năm-tháng-ngày)', { kind: 'day' }),
    column('half', 'Buổi gửi phiếu', {
      values: [...named(['morning'], () => 'buổi sáng'), ...named(['afternoon'], () => 'buổi chiều')],
      empty: 'phiếu giấy, phỏng vấn: không biết buổi trả lời',
    }),
    column('version', 'Phiên bản bộ câu hỏi', number),
    column('channel', 'Cách trả lời', { values: named(channels, channelName) }),
    column('provenance', 'Nguồn phiếu: điều máy chủ kiểm chứng được khi nhận', {
      values: named(
        provenances.filter((one) => one !== 'unminted'),
        provenanceName,
      ),
    }),
    column('minted', 'Phiếu gửi từ trang của Ý Dân; phiếu ngoài trang không mang kết luận', {
      ...number,
      values: [
        [0, 'không'],
        [1, 'có'],
      ],
      empty: 'phiếu cán bộ nhập',
    }),
    column('field', 'Lĩnh vực', { values: fields.map(({ code, name }) => [code, name.vi]), empty: 'không nêu' }),
    column('service_mode', 'Hình thức phục vụ', { values: named(serviceModes, modeName) }),
    column('respondent', 'Người trả lời', { values: named(respondents, respondentName) }),
    column('language', 'Ngôn ngữ của phiếu', { values: named(languages, (code) => languageNames[code] ?? code) }),
    column('assisted', 'Có người giúp bấm hoặc đọc phiếu', {
      ...number,
      values: [
        [0, 'tự trả lời'],
        [1, 'có người giúp'],
      ],
      empty: 'không nói, hoặc phiếu có trước khi hỏi câu này',
    }),
    column('standing', 'Trạng thái phiếu', {
      values: [...named(['counted'], () => 'được tính'), ...named(['set_aside'], () => 'để riêng, không vào điểm')],
    }),
    column('reason', 'Lý do để riêng', {
      values: reasons.map((reason) => [reason, signNames[reason]]),
      empty: 'phiếu được tính',
    }),
    column('wave', 'Đợt khảo sát', { empty: 'không thuộc đợt nào' }),
    column('stratum', 'Địa bàn trong đợt khảo sát', { empty: 'không thuộc địa bàn nào' }),
    column('seconds_span', 'Thời gian trả lời', { ...number, values: spanWords, empty: 'không biết' }),
    column('y', 'Phần hài lòng của phiếu; điểm = tổng y / tổng m của các phiếu được tính', {
      ...number,
      empty: 'không trả lời tiêu chí nào từ 1 đến 5',
    }),
    column('m', 'Phần trả lời của phiếu, từ 0 đến 1', { ...number, empty: 'không trả lời tiêu chí nào từ 1 đến 5' }),
  ]
}

const languageNames: Record<string, string> = { vi: 'tiếng Việt', en: 'tiếng Anh', km: 'tiếng Khmer' }

const commentColumn = column('comment', 'Ý kiến viết thêm; số điện thoại, số giấy tờ, địa chỉ thư đã được che', {
  empty: 'không có, hoặc không thuộc quyền xem của người tải',
})

const levelWords: [number, string][] = vi.survey.faces.map((words, index) => [index + 1, words])
const leftOutWords: [number, string] = [leftOut, 'có hỏi, người dân bỏ qua']

function planCriteria(versions: Version[], taken: Set<string>): ExportColumns['criteria'] {
  return [...gatherCriteria(versions.map(({ plan }) => plan))].map(([code, sources]) => {
    const newest = sources.at(-1)
    const noOpinion: [number, string][] = sources.some((source) => source.noOpinion) ? [[0, vi.survey.noOpinion]] : []
    const what = {
      kind: 'number' as const,
      values: [leftOutWords, ...noOpinion, ...levelWords],
      missing: [leftOut, ...noOpinion.map(([value]) => value)],
      empty: 'không hỏi phiếu này',
      sources: sources.map(({ noOpinion: _, ...source }) => source),
    }
    return { code, column: column(nameColumn('c', code, taken), `${newest?.official}. ${newest?.text}`, what) }
  })
}

function planExtras(versions: Version[], taken: Set<string>): ExportColumns['extras'] {
  const codes = [...new Set(versions.flatMap(({ definition }) => definition.extra.map(({ code }) => code)))]
  return codes.map((code) => {
    const asked = versions.flatMap(({ version, definition }) =>
      definition.extra.filter((question) => question.code === code).map((question) => ({ version, question })),
    )
    const sources = asked.map(({ version, question }) => ({
      version,
      text: question.text.vi,
      official: '',
      probability: null,
    }))
    const questions = asked.map(({ question }) => question)
    const isText = questions.some(({ kind }) => kind === 'choice')
    const label = questions.at(-1)?.text.vi ?? code
    const what = { kind: isText ? ('text' as const) : ('number' as const), values: valuesOf(questions), sources }
    return { code, column: column(nameColumn('x', code, taken), label, { ...what, empty: 'không trả lời' }) }
  })
}

/** Choices of every version under their codes, in the newest one's words. */
function valuesOf(questions: ExtraQuestion[]): ExportColumn['values'] {
  const choices = questions.flatMap(({ choices: some }) => some ?? []).map(({ code, text }) => [code, text.vi] as const)
  const scale = questions.some(({ kind }) => kind === 'scale') ? levelWords : []
  return [...scale, ...new Map(choices)]
}
