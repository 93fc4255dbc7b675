import type { Database } from '../../db/client.ts'
import { recordResponses } from '../../db/respond/responses.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { forgetRolledMonths } from '../../db/tallies/months.ts'
import { readCaseOpener } from '../../server/cases/arrival.ts'
import { type CatalogueState, createCatalogue } from '../../server/catalogue/catalogue.ts'
import type { Plan } from '../../server/catalogue/draw-rules.ts'
import { addDays, dayOf } from '../../server/days.ts'
import type { CaseOpener, StoredResponse } from '../../server/respond/contract.ts'
import { sumCells } from '../../server/tallies/rules.ts'
import { type DayParts, makeDay } from './day.ts'

export type DemoOptions = {
  seed: number
  /** Filled up to this moment. */
  nowMs: number
  /** How many days before today a new sample starts; one that exists is continued. */
  days: number
  budgetPerHour: number
  onDay?: (day: string) => void
}

export type Filled = { from: string; to: string; responses: number }

const startedKey = 'demo.from'
const filledKey = 'demo.filled_through'
const daysAtOnce = 14
const rowsAtOnce = 500

/**
 * Fills the database with sample responses, through the contract and the statement that every answer takes. Goes on
 * after the last day that is whole; a day stored in part, by a run that was killed or before it was over, is made
 * again with the same ids, and only what is missing is added. Throws where real answers are.
 */
export async function fillDemo(database: Database, options: DemoOptions): Promise<Filled> {
  const { rotation: rotationKey, receipt: receiptKey, page: pageKey } = await loadSecrets(database)
  const catalogue = createCatalogue(database, () => options.nowMs)
  const state = await catalogue.read()
  const openCase = await readCaseOpener(catalogue, receiptKey)
  const parts: DayParts = { state, rotationKey, pageKey, ...options }
  const today = dayOf(options.nowMs)
  const from = await startOnce(database, addDays(today, -options.days))
  const filled = await readSetting(database, filledKey)
  const writer = database.openWriter()
  try {
    for (let day = filled ? addDays(filled, 1) : from; day <= today; day = addDays(day, daysAtOnce)) {
      const last = [addDays(day, daysAtOnce - 1), today].sort()[0] as string
      const made = makeDays(parts, day, last).filter((response) => Date.parse(response.receivedAt) <= options.nowMs)
      await store(
        writer,
        state,
        made.map((response) => followUp(state, openCase, response)),
      )
      // Today is not over: the next run makes it again.
      await writeSetting(database, filledKey, last < today ? last : addDays(today, -1))
      options.onDay?.(last)
    }
  } finally {
    await writer.end({ timeout: 5 })
  }
  // The rest of the last run's day came after that day was added up.
  await database.sql.begin((transaction) => forgetRolledMonths(transaction))
  const [row] = await database.sql<{ responses: number }[]>`select count(*)::int as responses from responses`
  return { from, to: today, responses: row?.responses ?? 0 }
}

/** The day the sample starts with, decided once; refuses a database that holds answers but no sample. */
async function startOnce(database: Database, from: string): Promise<string> {
  const started = await readSetting(database, startedKey)
  if (started) return started
  const [row] = await database.sql`select 1 from responses limit 1`
  if (row)
    throw new Error(
      'Thư mục dữ liệu này đã có phiếu thật nên không thêm dữ liệu mẫu; xin đặt DEMO_DATA_DIR là thư mục khác.',
    )
  await writeSetting(database, startedKey, from)
  return from
}

function makeDays(parts: DayParts, from: string, to: string): StoredResponse[] {
  const made: StoredResponse[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const place of parts.state.places) {
      const version = parts.state.publishedByCode.get(place.questionnaire)
      if (place.open && version) made.push(...makeDay(parts, place, version, day))
    }
  }
  return made
}

/** What the server's own rules make of a response: a case, where there is something to answer. */
function followUp(state: CatalogueState, openCase: CaseOpener, response: StoredResponse): StoredResponse {
  return { ...response, openedCase: openCase(response, state.versionById.get(response.versionId)?.plan as Plan) }
}

async function store(writer: ReturnType<Database['openWriter']>, state: CatalogueState, responses: StoredResponse[]) {
  const planOf = (versionId: number) => state.versionById.get(versionId)?.plan as Plan
  for (let start = 0; start < responses.length; start += rowsAtOnce) {
    await recordResponses(writer, responses.slice(start, start + rowsAtOnce), (rows) => sumCells(rows, planOf))
  }
}

export async function readSetting(database: Database, key: string): Promise<string | undefined> {
  const [row] = await database.sql<{ value: string }[]>`select value from settings where key = ${key}`
  return row?.value
}

export async function writeSetting(database: Database, key: string, value: string): Promise<void> {
  await database.sql`
    insert into settings (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`
}
