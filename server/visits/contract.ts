import type { FieldId, PlaceId } from '../catalogue/contract.ts'
import type { TableView } from '../spreadsheets/contract.ts'

/** How many people were served: at a place, or in a field over all places; two ways to the same total, never added. */
export type VisitCount = {
  /** Null where the count is of a field. */
  placeId: PlaceId | null
  /** 0 where the count is of a place. */
  fieldId: FieldId | 0
  period: 'day' | 'month'
  /** The day, or the first day of the month. */
  day: string
  count: number
}

export type StoredVisits = VisitCount & { source: string; changedBy: string; changedAt: string }

/** A count to store; null takes it back: not known any more. */
export type VisitChange = Omit<VisitCount, 'count'> & { count: number | null }

/**
 * What visits are counted of. `visits` add up over time (files, patients); `people` are those who could answer
 * (pupils): a month's number holds until the next one is given, for a year at most.
 */
export type Stratum = { id: number; name: string; counts: 'visits' | 'people' }

/** Counted responses of one stratum on a day, or in a month that was added up. */
export type StratumResponses = { id: number; period: 'day' | 'month'; day: string; count: number }

export type Range = { from: string; to: string }

/** What stands beside a score: how many could have answered, and who of them is not heard. */
export type Denominator = {
  /** Null where no stratum has a count. */
  visits: number | null
  /** Counted responses of the same strata and times that the visits are known for. */
  responses: number
  /** responses / visits; above 1 is a sign of error and stays as it is. Null without visits. */
  responseRate: number | null
  /** Share of the range, over all strata, that has counts: 0 to 1. */
  covered: number
  /** Strata without any count, by name. */
  missing: string[]
  /** Strata that had visits but not one response, by name. */
  silent: string[]
}

export const highestCount = 1_000_000

/** One row of the page: a place or a field, in the month or day shown. */
export type VisitRow = Denominator & {
  /** Name of its input. */
  key: string
  name: string
  /** What is stored for exactly this month or day. */
  count: number | null
  noted: { by: string; at: string; source: string } | null
  /** In a month: the counts given for single days of it. */
  days: { known: number; sum: number } | null
  /** Counted responses of the row in the whole month or day. */
  received: number
  counts: Stratum['counts']
}

export type VisitGroup = { name: string; note: string | null; unit: string; rows: VisitRow[]; total: Denominator }

export type VisitsView = {
  period: 'day' | 'month'
  /** The day, or the first day of the month. */
  day: string
  today: string
  groups: VisitGroup[]
}

export const columnRoles = ['place', 'field', 'period', 'count'] as const
export type ColumnRole = (typeof columnRoles)[number]

/** One row of a file as it was understood. */
export type ReadRow = { row: number; what: string; period: string; count: number }

/** What a file says, and what storing it would change. */
export type Reading = {
  counts: VisitCount[]
  /** The first rows as understood. */
  rows: ReadRow[]
  problems: string[]
  /** What does not stop the file but should be seen. */
  warnings: string[]
  /** Rows of data, what they add up to, and the first and last time they name. */
  read: { rows: number; sum: number; from: string; to: string }
  /** Without a count column every row is one visit. */
  eachRowIsOne: boolean
}

export type ImportPreview = {
  view: TableView<ColumnRole>
  /** YYYY-MM for files that name no time in their rows; empty where nobody has said it. */
  month: string
  /** A month that was typed and could not be read: nothing is stored. */
  monthTyped: string | null
  reading: Reading
  /** Compared with what is stored. */
  difference: { added: number; same: number; changed: { what: string; before: number; after: number }[] }
  /** The clerk changed how columns are read and has not seen the result yet. */
  unseen: boolean
}
