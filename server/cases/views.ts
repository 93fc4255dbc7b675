import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { Sector } from '../catalogue/contract.ts'
import { type Holidays, workingDaysBetween } from './calendar-rules.ts'
import { languageOfComment } from './comment/language-rules.ts'
import type { CaseDetail, CaseRow, Theme } from './contract.ts'
import { maskPersonalData } from './masking-rules.ts'
import { isWaiting, listUnsatisfied, makeExcerpt } from './rules.ts'
import type { CaseItem, CaseView, Choice, CourseEntry, DueView } from './view-contract.ts'

/** What a case is read against. */
export type CaseFrame = { state: CatalogueState; themes: Theme[]; today: string }

/** A row as the list shows it: masked, in words. */
export function itemOf(row: CaseRow, { state, themes, today }: CaseFrame): CaseItem {
  const version = state.versionById.get(row.versionId)
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    restricted: row.restricted,
    urgent: row.urgent,
    day: row.day,
    half: row.half,
    excerpt: row.comment === null ? null : makeExcerpt(maskPersonalData(row.comment).masked),
    unsatisfied: version ? listUnsatisfied(row.answers, version.plan) : [],
    place: state.places.find(({ id }) => id === row.placeId)?.name.vi ?? '',
    agency: state.agencies.find(({ id }) => id === row.agencyId)?.name.vi ?? '',
    theme: themes.find(({ id }) => id === row.themeId)?.name ?? null,
    due: isWaiting(row.state) && row.dueOn !== null ? dueOf(row.dueOn, today, state.holidays) : null,
    language: row.comment === null ? null : languageOfComment(row.comment, row.language),
    owner: row.ownerName,
    handedBack: row.handedBack,
  }
}

/** The themes of these sectors; named with their sector where there are several. */
export function themeChoices({ themes }: CaseFrame, sectors: ReadonlySet<Sector>): Choice[] {
  return themes
    .filter(({ sector }) => sector === null || sectors.has(sector))
    .map(({ id, name, sector }) => ({
      value: String(id),
      label: sector && sectors.size > 1 ? `${name} (${sectorWords[sector]})` : name,
    }))
}

const sectorWords = { administrative: 'hành chính', health: 'y tế', education: 'giáo dục' } as const

/** The same with the whole comment, still masked, and the course. */
export function viewOf(one: CaseDetail, frame: CaseFrame): CaseView {
  const { excerpt: _, ...item } = itemOf(one, frame)
  const comment = one.comment === null ? null : maskPersonalData(one.comment)
  const { reply, closedReason, callback, themeId, ownerId } = one
  return {
    ...item,
    reply,
    closedReason,
    callback,
    themeId,
    ownerId,
    comment: comment?.masked ?? null,
    masked: comment?.found ?? 0,
    seen: Math.max(0, ...one.events.map(({ id }) => id)),
    course: courseOf(one),
  }
}

function dueOf(on: string, today: string, holidays: Holidays): DueView {
  const isPast = on < today
  return {
    on,
    isPast,
    workingDays: isPast ? workingDaysBetween(on, today, holidays) : workingDaysBetween(today, on, holidays),
  }
}

const dayWords = (day: string): string => day.split('-').reverse().join('/')
const halfWords = { morning: 'buổi sáng', afternoon: 'buổi chiều' } as const

/** The arrival, without a clock time, and everything staff did since. */
function courseOf({ day, half, events }: CaseDetail): CourseEntry[] {
  const arrived = { key: 0, when: `${dayWords(day)}, ${halfWords[half]}`, who: '', kind: 'arrived', note: '' }
  return [
    arrived,
    ...events.map(({ id, at, actor, kind, note }) => {
      const [eventDay = '', clock = ''] = at.split(' ')
      return { key: id, when: `${dayWords(eventDay)}, ${clock}`, who: actor, kind, note }
    }),
  ]
}
