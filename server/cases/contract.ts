import { z } from 'zod'
import type { AgencyId, CaseKind, Half, Language, PlaceId, Sector, VersionId } from '../catalogue/contract.ts'
import type { AuditAction, AuditChange } from '../staff/contract.ts'
import { typedDay } from '../typed/day.ts'
import { calendarDay } from '../typed/day-contract.ts'
import { toKeptText, toOneLine } from '../typed/text.ts'

export const caseStates = ['new', 'assigned', 'answered', 'closed'] as const
export type CaseState = (typeof caseStates)[number]

/** Tabs of the list; overdue cases stand among the new and assigned ones too, praise that waits for thanks under its own only. */
export const caseTabs = ['new', 'assigned', 'overdue', 'praise', 'answered', 'closed'] as const
export type CaseTab = (typeof caseTabs)[number]

/** One case as stored, with what its list needs of the response. The comment is raw: mask it before it is shown. */
export type CaseRow = {
  id: number
  placeId: PlaceId
  agencyId: AgencyId
  kind: CaseKind
  state: CaseState
  restricted: boolean
  /** The citizen chose to be heard at once. */
  urgent: boolean
  day: string
  half: Half
  themeId: number | null
  ownerId: number | null
  ownerName: string | null
  /** The owner may still handle it; false where there is none. */
  ownerHandles: boolean
  /** Waits for somebody because its owner was stopped or moved. */
  handedBack: boolean
  /** Null for praise: nobody waits for an answer. */
  dueOn: string | null
  comment: string | null
  /** Of the page the response was written on. */
  language: Language
  versionId: VersionId
  /** In the shape of `responses.answers`. */
  answers: string
}

/** A case with everything its page shows. */
export type CaseDetail = CaseRow & {
  reply: string | null
  closedReason: string | null
  events: CaseEvent[]
  /** Whether a telephone number was left, and is still kept. */
  callback: 'none' | 'kept' | 'erased'
}

/** `at` is YYYY-MM-DD HH:MM in Asia/Ho_Chi_Minh. */
export type CaseEvent = { id: number; at: string; actor: string; kind: string; note: string }

export type CaseFilter = {
  tab: CaseTab
  placeId?: PlaceId | undefined
  themeId?: number | undefined
  kind?: CaseKind | undefined
  ownerId?: number | undefined
}

/** Waiting cases by how they press, those that came on a day, and praise that waits for thanks. */
export type DueCounts = { late: number; today: number; fresh: number; praise: number }

/** The last row of a page: where the next one begins. */
export type CaseCursor = { day: string; id: number }

export type Theme = { id: number; code: string; name: string; sector: Sector | null; position: number; open: boolean }

export type Colleague = { id: number; name: string }

/** What is written to a case in one transaction; `event` becomes its course's next entry. */
export type CaseChange = {
  set: Partial<{
    state: CaseState
    ownerId: number | null
    agencyId: AgencyId
    restricted: boolean
    themeId: number | null
    kind: CaseKind
    dueOn: string
    reply: string
    closedReason: string | null
  }>
  event: { kind: CaseEventKind; note: string }
  audit: AuditChange & { action: AuditAction }
  answered?: boolean
  closed?: boolean
  /** Ends the purpose of a telephone number: it is erased with the change. */
  erasesNumber?: boolean
}

export const caseEventKinds = [
  'assigned',
  'note',
  'theme',
  'transferred',
  'released',
  'replied',
  'closed',
  'reopened',
  'handed_back',
  'followed',
] as const
export type CaseEventKind = (typeof caseEventKinds)[number]

/** Text typed by staff: as it is kept, trimmed, within its length. */
export const typed = (least: number, most: number, words: string) =>
  z
    .string({ error: words })
    .transform((text) => toKeptText(text).trim())
    .pipe(z.string().min(least, { error: words }).max(most, { error: words }))

/** The same on one line: names. */
const line = (least: number, most: number, words: string) =>
  z
    .string({ error: words })
    .transform(toOneLine)
    .pipe(typed(least, most, words))

/** A number of a row. */
export const id = z.coerce.number().pipe(z.int().min(1).max(2_147_483_647))
/** The number of the last event on the page the form stood on: whoever sends later than a change sees it first. */
const seen = z.coerce.number().pipe(z.int().min(0))

/** What a citizen reads under the receipt. */
export const Reply = typed(20, 2000, 'Xin ghi câu trả lời từ 20 đến 2.000 ký tự.')

/** What can be done to a case, by the form's `action`. */
export const CaseForm = z.discriminatedUnion('action', [
  z.object({ action: z.literal('take'), seen }),
  z.object({ action: z.literal('assign'), seen, owner: id }),
  z.object({ action: z.literal('theme'), seen, theme: z.union([z.literal('').transform(() => null), id]) }),
  z.object({ action: z.literal('note'), seen, note: typed(2, 1000, 'Xin ghi nội dung từ 2 đến 1.000 ký tự.') }),
  z.object({
    action: z.literal('transfer'),
    seen,
    agency: z.string().max(100),
    reason: typed(10, 500, 'Xin ghi lý do chuyển, từ 10 đến 500 ký tự.'),
  }),
  z.object({ action: z.literal('release'), seen }),
  z.object({ action: z.literal('follow'), seen }),
  z.object({
    action: z.literal('template'),
    seen,
    template: z.string().max(40),
    reply: z.string().max(4000).default('').transform(toKeptText),
  }),
  z.object({ action: z.literal('preview'), seen, reply: Reply }),
  z.object({ action: z.literal('reply'), seen, reply: Reply }),
  z.object({ action: z.literal('close'), seen, reason: z.string().max(1000).default('') }),
  z.object({
    action: z.literal('reopen'),
    seen,
    reason: typed(10, 500, 'Xin ghi lý do mở lại, từ 10 đến 500 ký tự.'),
  }),
])
export type CaseForm = z.infer<typeof CaseForm>
export type CaseAction = CaseForm['action']

export const CloseReason = typed(10, 500, 'Xin ghi lý do khép mà không trả lời, từ 10 đến 500 ký tự.')

export const RevealForm = z.object({ what: z.enum(['comment', 'number']) })

/** "Ông/Bà nói, chúng tôi làm", as everybody may read it. */
export type Improvement = { id: number; agencyId: AgencyId; said: string; did: string; publishedOn: string }

export type ImprovementRow = Omit<Improvement, 'publishedOn'> & {
  state: 'draft' | 'published' | 'withdrawn'
  cases: number
  createdBy: string
  publishedOn: string | null
}

const Said = typed(10, 300, 'Xin ghi từ 10 đến 300 ký tự.')
export const ImprovementForm = z.object({
  agency: z.string().max(100),
  case: z
    .union([id, z.array(id)], { error: 'Xin chọn ít nhất một ý kiến đã trả lời.' })
    .transform((ids) => [...new Set([ids].flat())])
    .refine((ids) => ids.length <= 50, { error: 'Xin chọn không quá 50 ý kiến.' }),
  said: Said,
  did: Said,
})

export const PublishForm = z.object({ action: z.enum(['publish', 'withdraw']) })

export type Holiday = { day: string; name: string; works: boolean }

export const HolidayForm = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('add'),
    day: typedDay('Ngày'),
    name: line(2, 100, 'Xin ghi tên ngày, từ 2 đến 100 ký tự.'),
    works: z.enum(['on']).optional(),
  }),
  z.object({ action: z.literal('remove'), day: calendarDay() }),
])

export const ThemeForm = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('add'),
    name: line(2, 80, 'Xin ghi tên chủ đề, từ 2 đến 80 ký tự.'),
    sector: z.enum(['', 'administrative', 'health', 'education']),
  }),
  z.object({ action: z.literal('rename'), id, name: line(2, 80, 'Xin ghi tên chủ đề, từ 2 đến 80 ký tự.') }),
  z.object({ action: z.literal('close'), id }),
  z.object({ action: z.literal('open'), id }),
])
export type ThemeForm = z.infer<typeof ThemeForm>

export type RightsRequest = {
  id: number
  receipt: string
  kind: 'access' | 'correct' | 'withdraw' | 'delete'
  askedOn: string
  dueOn: string
  outcome: string | null
  doneBy: string | null
  doneAt: string | null
}

export const RightsForm = z.object({
  action: z.enum(['erase', 'note']),
  outcome: typed(10, 1000, 'Xin ghi kết quả, từ 10 đến 1.000 ký tự.'),
})
