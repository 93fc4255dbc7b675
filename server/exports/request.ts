import { type CatalogueState, getPlace, type Place, type Version } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import { PublicError } from '../errors.ts'
import type { StaffMember } from '../staff/contract.ts'
import { isInScope, scopeOf } from '../staff/permission-rules.ts'
import { notAllowed } from '../staff/refusal-words.ts'
import { dayProblem, readTypedDay } from '../typed/day.ts'
import { type DayRange, type ExportFormat, ExportQuery } from './contract.ts'

/** What was asked for, within what the member may export. */
export type ExportRequest = DayRange & {
  questionnaire: string
  /** Oldest first. */
  versions: Version[]
  places: Place[]
  /** Codes that were chosen; none = all of the member's. */
  chosen: string[]
  format: ExportFormat
  comments: boolean
  /** Whose comments the member reads. */
  commentScope: Scope
}

export const longestExportDays = 3660

/** The newest day that is over: what runs is not exported. */
export const lastEndedDay = (today: string): string => daysBefore(today, 1)

export const ownPlaces = (state: CatalogueState, member: StaffMember): Place[] => {
  const scope = scopeOf(member, 'exports.make')
  return state.places.filter(({ agencyId }) => isInScope(scope, agencyId))
}

/** Questionnaires of the member's places, in their order; whoever exports the whole commune also has the others. */
export function ownQuestionnaires(state: CatalogueState, member: StaffMember): { code: string; title: string }[] {
  const used = ownPlaces(state, member).map(({ questionnaire }) => questionnaire)
  const others = scopeOf(member, 'exports.make') === 'all' ? [...state.publishedByCode.keys()] : []
  return [...new Set([...used, ...others])].flatMap((code) => {
    const version = versionsOf(state, code).at(-1)
    return version ? [{ code, title: version.definition.title.vi }] : []
  })
}

export function readQuery(query: unknown): ExportQuery {
  const parsed = ExportQuery.safeParse(query)
  if (!parsed.success) throw new PublicError('bad_request')
  return parsed.data
}

/** The request, or the sentence that says what is wrong with it. Places of others are refused. */
export function readExportRequest(
  state: CatalogueState,
  member: StaffMember,
  query: ExportQuery,
  today: string,
): { request: ExportRequest; problem: null } | { request: null; problem: string } {
  const chosen = query.diem.map((code) => getPlace(state, code))
  const scope = scopeOf(member, 'exports.make')
  if (chosen.some(({ agencyId }) => !isInScope(scope, agencyId))) throw notAllowed(member, 'exports.make')
  const versions = versionsOf(state, query.bo ?? '')
  const range = readRange(query, today)
  if (!ownQuestionnaires(state, member).some(({ code }) => code === query.bo))
    return { request: null, problem: 'Xin chọn một bộ câu hỏi trong danh sách.' }
  if (typeof range === 'string') return { request: null, problem: range }
  const request = {
    ...range,
    questionnaire: query.bo as string,
    versions,
    format: query.dang,
    places: chosen.length > 0 ? chosen : ownPlaces(state, member),
    chosen: chosen.map(({ code }) => code),
    comments: query['y-kien'] === 'co',
    commentScope: scopeOf(member, 'cases.read'),
  }
  return { request, problem: null }
}

const versionsOf = (state: CatalogueState, questionnaire: string): Version[] =>
  state.versions
    .filter(({ code, status }) => code === questionnaire && status !== 'draft')
    .sort((a, b) => a.version - b.version)

/** Both days included; swapped ends are turned, an end that is not over is the last closed day. */
function readRange({ tu, den }: ExportQuery, today: string): DayRange | string {
  const [first, second] = [readTypedDay(tu ?? ''), readTypedDay(den ?? '')]
  if (first === null) return dayProblem('Từ ngày', tu ?? '')
  if (second === null) return dayProblem('Đến hết ngày', den ?? '')
  const [from, end] = [first, second].sort() as [string, string]
  const last = lastEndedDay(today)
  if (from > last) return 'Phiếu của một ngày xuất được khi ngày ấy đã kết thúc; xin chọn từ hôm qua trở về trước.'
  const to = end > last ? last : end
  if (daysBefore(to, longestExportDays) > from) return 'Xin chọn khoảng thời gian không quá mười năm.'
  return { from, to }
}
