import { sql } from 'drizzle-orm'
import { changeCase, findCase } from '../../db/cases/course.ts'
import { addImprovement, moveImprovement, readAnsweredCases, readOwnImprovements } from '../../db/cases/improvements.ts'
import { readThemes } from '../../db/cases/settings.ts'
import type { Database } from '../../db/client.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { addWorkingDays } from '../../server/cases/calendar-rules.ts'
import type { CaseDetail } from '../../server/cases/contract.ts'
import { type CaseStep, decideChange, type Targets } from '../../server/cases/rules.ts'
import type { CatalogueState, Place } from '../../server/catalogue/catalogue.ts'
import type { CaseKind } from '../../server/catalogue/contract.ts'
import { addDays } from '../../server/days.ts'
import type { StaffMember } from '../../server/staff/contract.ts'
import { links } from '../../web/links.ts'
import { momentOf } from './calendar.ts'
import { type Chance, createChance, seedOf } from './random.ts'
import { demoImprovements, replyTo, themeOf } from './replies.ts'
import type { DemoStaff } from './staff.ts'

export type CaseCourse = { state: CatalogueState; staff: DemoStaff; seed: number; nowMs: number; today: string }

/** Further back a case only gets its outcome: nobody opens its course, and the log of a year would take a minute. */
const followedDays = 45
const casesAtOnce = 8

/** A case as it stands, with the kinds of what happened to it so far. */
type Standing = {
  id: number
  placeId: Place['id']
  kind: CaseKind
  restricted: boolean
  day: string
  comment: string | null
  done: string[]
}

type Step = { atMs: number; form: CaseStep; by: StaffMember }

/** Takes every case as far as its handlers would have come by now. What a visitor of the sample did is left alone. */
export async function followCases(database: Database, course: CaseCourse): Promise<void> {
  const themes = new Map((await readThemes(database)).map((theme) => [theme.code, theme]))
  const since = addDays(course.today, -followedDays)
  const places = new Map(course.state.places.map((place) => [place.id, place]))
  const codeOf = ({ comment, placeId }: Standing) =>
    comment === null ? null : themeOf(comment, places.get(placeId)?.sector ?? 'administrative')
  await settleOld(database, course, await readOpen(database, sql`day < ${since}`), (one) => {
    const code = codeOf(one)
    return { themeId: code === null ? null : (themes.get(code)?.id ?? null), reply: replyTo(code) }
  })
  const open = await readOpen(database, sql`day >= ${since}`)
  for (let from = 0; from < open.length; from += casesAtOnce) {
    const some = open.slice(from, from + casesAtOnce)
    await Promise.all(
      some.map((one) => {
        const theme = themes.get(codeOf(one) ?? '')
        const steps = planSteps(course, one, {
          by: handlerOf(course, one, places),
          code: codeOf(one),
          themeId: theme?.id,
        })
        return takeSteps(database, course, { one, steps, theme: theme ?? null })
      }),
    )
  }
}

const readOpen = (database: Database, where: ReturnType<typeof sql>): Promise<Standing[]> =>
  withinScope(database, 'all', async (transaction) => [
    ...(await transaction.execute<Standing>(sql`
      select id, place_id as "placeId", kind, restricted, day::text as day,
        (select body from comments where (comments.place_id, comments.response_id) = (cases.place_id, cases.response_id)) as comment,
        array(select kind from case_events where case_id = cases.id order by case_events.id) as done
      from cases where state <> 'closed' and ${where} order by position, id`)),
  ])

/** Who answers for a place; what accuses an official is for the commune's leaders. */
function handlerOf({ staff }: CaseCourse, one: Standing, places: Map<number, Place>): StaffMember | undefined {
  if (one.restricted) return staff.get('lanhdao')
  const agency = places.get(one.placeId)?.agency.code ?? ''
  const names: Record<string, string[]> = {
    'trung-tam-pvhcc': ['canbo-pvhcc', 'canbo-pvhcc', 'phutrach-pvhcc'],
    'tram-y-te': ['phutrach-yte'],
    'truong-cong-lap': ['phutrach-truong'],
  }
  const some = names[agency] ?? []
  return staff.get(some[one.id % some.length] ?? '')
}

/** Taken within two working days, answered by its deadline mostly, closed a few days on; here and there one is forgotten. */
function planSteps(
  { seed, state }: CaseCourse,
  one: Standing,
  { by, code, themeId }: { by: StaffMember | undefined; code: string | null; themeId: number | undefined },
): Step[] {
  const chance = createChance(seedOf(seed, 'case', one.id))
  if (!by || chance.isTrue(0.012)) return []
  const at = (day: string) => momentOf(day, 480 + chance.between(0, 500))
  const after = (day: string, days: number) => addWorkingDays(day, days, state.holidays)
  if (one.kind === 'praise')
    return [{ by, form: { action: 'reply', seen, reply: thanks }, atMs: at(after(one.day, 2 + chance.whole(0, 3))) }]
  const taken = after(one.day, 1 + chance.whole(0, 1))
  const answered = after(taken, chance.isTrue(0.07) ? chance.whole(5, 9) : chance.whole(0, 2))
  const takenMs = at(taken)
  const begun: Step['form'][] = [{ action: 'take', seen }]
  if (themeId !== undefined) begun.push({ action: 'theme', seen, theme: themeId })
  return [
    ...begun.map((form, index) => ({ by, form, atMs: takenMs + index * 60_000 })),
    ...outcomeOf(one, code, chance).map((form, index) => ({ by, form, atMs: at(after(answered, 1 + 3 * index)) })),
  ]
}

const thanks = 'Cảm ơn Ông/Bà đã dành thời gian ghi lời khen. Chúng tôi đã chuyển lời đến những người làm việc hôm ấy.'

/** decideChange does not read it; changeCase gets the real one. */
const seen = 0

function outcomeOf(one: Standing, code: string | null, chance: Chance): Step['form'][] {
  const reason = 'Phiếu không ghi điều gì cụ thể để trả lời; điểm thấp đã được tính vào kết quả chung.'
  if (one.kind === 'dissatisfied' && chance.isTrue(0.6)) return [{ action: 'close', seen, reason }]
  return [
    { action: 'reply', seen, reply: replyTo(code) },
    { action: 'close', seen, reason: '' },
  ]
}

const kindOfAction: Record<string, string> = { take: 'assigned', theme: 'theme', reply: 'replied', close: 'closed' }

async function takeSteps(
  database: Database,
  { nowMs, today }: CaseCourse,
  { one, steps, theme }: { one: Standing; steps: Step[]; theme: Targets['theme'] },
): Promise<void> {
  // Something else happened to it: it is no longer the sample's.
  if (one.done.some((kind, index) => kind !== kindOfAction[steps[index]?.form.action ?? ''])) return
  for (const { atMs, form, by } of steps.slice(one.done.length)) {
    const detail = await findCase(database, { scope: 'all', restricted: true, today, shownMornings: [] }, one.id)
    if (atMs > nowMs || !detail) return
    const change = decideChange(form, detail, by, { colleague: null, agency: null, theme, dueOn: today })
    await changeCase(database, one.id, change, {
      actor: by.username,
      at: new Date(atMs).toISOString(),
      subject: links.case(one.id),
      seen: lastEventOf(detail),
      restricted: detail.restricted,
    })
  }
}

const lastEventOf = ({ events }: CaseDetail): number => Math.max(0, ...events.map(({ id }) => id))

/** Answers and closes in one statement what is long over. */
async function settleOld(
  database: Database,
  { state }: CaseCourse,
  old: Standing[],
  settle: (one: Standing) => { themeId: number | null; reply: string },
): Promise<void> {
  const rows = old
    .filter(({ done }) => done.length === 0)
    .map((one) => ({ id: one.id, ...settle(one), on: addWorkingDays(one.day, 3, state.holidays) }))
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::text::json)
    as given(id int, "themeId" int2, reply text, "on" date)`
  await withinScope(database, 'all', async (transaction) => {
    await transaction.execute(sql`
      update cases set state = 'closed', theme_id = "themeId", reply = given.reply,
        answered_at = given."on" + interval '2 hours', closed_at = given."on" + interval '80 hours'
      from ${given} where cases.id = given.id`)
    await transaction.execute(sql`
      with reached as materialized (select id, agency_id, restricted from cases)
      insert into case_events (case_id, agency_id, restricted, at, actor, kind, note)
      select given.id, agency_id, restricted, "on" + interval '2 hours', 'canbo-pvhcc', 'replied', given.reply
      from ${given} join reached on reached.id = given.id`)
  })
}

/** "Ông/Bà nói, chúng tôi làm", once. */
export async function publishImprovements(database: Database, course: CaseCourse): Promise<void> {
  if ((await readOwnImprovements(database, 'all')).length > 0) return
  const themes = new Map((await readThemes(database)).map(({ code, id }) => [code, id]))
  for (const { agency, theme, by: actor, daysAgo, said, did, isDraft } of demoImprovements) {
    const agencyId = course.state.agencies.find(({ code }) => code === agency)?.id
    if (agencyId === undefined) continue
    const reader = { scope: [agencyId], restricted: false, today: course.today, shownMornings: [] }
    const sources = await readAnsweredCases(database, reader, { agencyId, themeId: themes.get(theme), limit: 100 })
    const at = new Date(momentOf(addDays(course.today, -daysAgo), 600)).toISOString()
    const caseIds = sources
      .filter(({ day }) => day < at.slice(0, 10))
      .slice(0, 4)
      .map(({ id }) => id)
    if (caseIds.length === 0) continue
    await addImprovement(database, { agencyId, said, did, caseIds, createdBy: actor })
    const [added] = await readOwnImprovements(database, [agencyId])
    if (added && !isDraft)
      await moveImprovement(database, added.id, { scope: [agencyId], action: 'publish', by: { actor, at } })
  }
}
