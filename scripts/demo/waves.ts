import type { Database } from '../../db/client.ts'
import { recordResponses } from '../../db/respond/responses.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { enterForm } from '../../db/waves/entries.ts'
import { findWave, type NewWave, planWave, readStrata, readWaves } from '../../db/waves/waves.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import type { AgencyId, WaveId } from '../../server/catalogue/contract.ts'
import { addDays } from '../../server/days.ts'
import { sumCells } from '../../server/tallies/rules.ts'
import { type Running, readEntry } from '../../server/waves/entry-reading.ts'
import { freezeWave, getVersion } from '../../server/waves/figures.ts'
import { sizeStrata } from '../../server/waves/plan-routes.ts'
import { momentOf } from './calendar.ts'
import { answerSurvey, meetPerson } from './people.ts'
import { type Chance, createChance, seedOf } from './random.ts'

type Plan = { name: string; opensOn: string; closesOn: string; closedOn: string | null; share: number }
export type WaveTime = { seed: number; nowMs: number; today: string }

const planner = 'phutrach-vhxh'
const typist = 'dieutravien'
const hamlets = ['Ấp 1', 'Ấp 2', 'Ấp 3', 'Ấp 4', 'Ấp 5', 'Ấp 6']

/** Two household surveys, once: one that was closed in summer, one that is under way. */
export async function runWaves(database: Database, time: WaveTime): Promise<void> {
  if ((await readWaves(database)).length > 0) return
  const daysAgo = (days: number) => addDays(time.today, -days)
  const past = { opensOn: daysAgo(130), closesOn: daysAgo(101), closedOn: daysAgo(98), share: 0.96 }
  const running = { opensOn: daysAgo(12), closesOn: addDays(time.today, 16), closedOn: null, share: 0.38 }
  await runWave(database, time, { name: 'Khảo sát hộ gia đình, đợt 1', ...past })
  await runWave(database, time, { name: 'Khảo sát hộ gia đình, đợt 2', ...running })
}

async function runWave(database: Database, time: WaveTime, plan: Plan): Promise<void> {
  const id = await planHouseholds(database, time, plan)
  const { rotation: sampleKey } = await loadSecrets(database)
  const catalogue = createCatalogue(database, () => time.nowMs)
  const state = await catalogue.read()
  const wave = await findWave(database, id)
  if (!wave) return
  const version = getVersion(state, wave)
  const places = state.places.filter(({ questionnaire }) => questionnaire === version.code)
  const running = { wave, version, state, places, strata: await readStrata(database, id) }
  await typeForms(database, time, { running, plan, key: sampleKey })
  if (!plan.closedOn) return
  const parts = { database, catalogue, sampleKey, now: () => momentOf(plan.closedOn as string, 960) }
  await freezeWave(parts, wave, null, { username: planner, today: plan.closedOn })
}

async function planHouseholds(database: Database, { nowMs, seed }: WaveTime, plan: Plan): Promise<WaveId> {
  const state = await createCatalogue(database, () => nowMs).read()
  const chance = createChance(seedOf(seed, 'hamlets'))
  const strata = hamlets.map((name) => ({ name, population: chance.whole(280, 690), planned: null }))
  const owner = state.agencies.find(({ code }) => code === 'phong-van-hoa-xa-hoi')
  const version = state.publishedByCode.get('household')
  if (!owner || !version) throw new Error('the reference data has no office or questionnaire for households')
  const wave = {
    name: plan.name,
    opensOn: plan.opensOn,
    closesOn: plan.closesOn,
    drawnFromList: true,
    ownerAgencyId: owner.id as AgencyId,
    versionId: version.id,
    createdBy: planner,
  }
  const how: Pick<NewWave, 'formula' | 'channels'> = { formula: 'stratified', channels: ['paper', 'interview'] }
  const planned = await planWave(database, { ...wave, ...how }, sizeStrata(strata))
  if ('overlaps' in planned) throw new Error(`the sample's waves overlap: ${planned.overlaps}`)
  return planned.id
}

/** Forms come in over the days of the wave, a few hamlets a day, as somebody carries them in. */
async function typeForms(
  database: Database,
  time: WaveTime,
  { running, plan, key }: { running: Running; plan: Plan; key: string },
): Promise<void> {
  const writer = database.openWriter()
  const chance = createChance(seedOf(time.seed, 'forms', plan.name))
  const lastDay = plan.closedOn ? plan.closesOn : addDays(time.today, -1)
  const days = Math.round((Date.parse(lastDay) - Date.parse(plan.opensOn)) / 86_400_000)
  const forms = running.strata.flatMap(({ id, planned }) =>
    Array.from({ length: Math.round(planned * plan.share) }, () => String(id)),
  )
  try {
    for (const [index, stratum] of forms.entries()) {
      const day = addDays(plan.opensOn, Math.floor((days * index) / forms.length))
      const atMs = momentOf(day, 480 + chance.between(0, 480))
      await typeForm(database, writer, {
        running,
        filled: { ...fillForm(running, chance, key, atMs), stratum },
        number: index + 1,
        atMs,
      })
    }
  } finally {
    await writer.end({ timeout: 5 })
  }
}

/** What one household ticked, by the names of the form's fields. */
function fillForm({ version, places: [place] }: Running, chance: Chance, key: string, atMs: number) {
  if (!place) throw new Error('no place for households')
  const id = uuidAt(atMs, chance)
  const body = answerSurvey({ place, version, id, rotationKey: key }, meetPerson(place, null, chance), null, chance)
  const answers = Object.entries(body.answers).map(([code, level]) => [`a-${code}`, String(level)])
  return { id, place: place.code, ...(Object.fromEntries(answers) as Record<string, string>) }
}

async function typeForm(
  database: Database,
  writer: ReturnType<Database['openWriter']>,
  { running, filled, number, atMs }: { running: Running; filled: Record<string, string>; number: number; atMs: number },
): Promise<void> {
  const channel = number % 4 === 0 ? 'interview' : 'paper'
  const read = readEntry(running, { ...filled, channel, formNumber: String(number) }, atMs)
  if ('problems' in read) throw new Error(`a sample form is refused: ${JSON.stringify(read.problems)}`)
  const {
    honeypotFilled,
    ageMs,
    budgetPerHour,
    outsideHours,
    mostPerHalfHour,
    proof: _,
    sender: _s,
    ...kept
  } = read.response
  const response = { ...kept, standing: 'counted', reason: null, household: false, openedCase: null } as const
  const entry = { formNumber: read.formNumber, placeId: kept.placeId, responseId: kept.id, enteredBy: typist }
  const store = () => recordResponses(writer, [response], (rows) => sumCells(rows, () => running.version.plan))
  await enterForm(database, { ...entry, waveId: running.wave.id, enteredAt: kept.receivedAt }, store)
}

function uuidAt(atMs: number, chance: Chance): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => chance.whole(0, 15).toString(16)).join('')
  const time = atMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(12)}`
}
