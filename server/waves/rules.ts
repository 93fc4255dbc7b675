import { createHmac } from 'node:crypto'
import type { IndicatorReference } from '../catalogue/contract.ts'
import type { CheckResult } from '../catalogue/wave-snapshot-contract.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { toKeptText } from '../typed/text.ts'
import type { StratumLine, WavePlanForm, WaveState } from './contract.ts'

export type Problem = { path: string; message: string }

const mostStrata = 100
const largestPopulation = 1_000_000

/** Where a wave stands on a day. */
export function stateOf(
  wave: { opensOn: string; closesOn: string; closedAt: string | null },
  today: string,
): WaveState {
  if (wave.closedAt) return 'closed'
  if (today < wave.opensOn) return 'planned'
  return today <= wave.closesOn ? 'open' : 'due'
}

/**
 * Lines "name; population" or "name; population; planned" (a tab serves as well, so a column copied from Excel does).
 * All problems at once, each with its line.
 */
export function parseStrata(text: string): { strata: StratumLine[]; problems: Problem[] } {
  const lines = toKeptText(text)
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line.length > 0)
  const read = lines.map(({ line, number }) => readStratum(line, number))
  const strata = read.flatMap((one) => ('problem' in one ? [] : [one]))
  const messages = read.flatMap((one) => ('problem' in one ? [one.problem] : []))
  const names = strata.map(({ name }) => name.toLowerCase())
  const twice = strata.find(({ name }, index) => names.indexOf(name.toLowerCase()) < index)
  if (twice) messages.push(`“${twice.name}” có hai lần; xin gộp lại hoặc đổi tên.`)
  if (strata.length > mostStrata) messages.push(`Tối đa ${mostStrata} địa bàn trong một đợt.`)
  return { strata, problems: messages.slice(0, 5).map((message) => ({ path: 'strata', message })) }
}

function readStratum(line: string, number: number): StratumLine | { problem: string } {
  const [name = '', people = '', planned = '', ...more] = line.split(/[;\t]/).map((part) => part.trim())
  const refuse = (why: string) => ({ problem: `Dòng ${number}: ${why}` })
  if (!name || more.length > 0) return refuse('xin ghi theo mẫu “Tên địa bàn; số dân hoặc số hộ”.')
  if (name.length > 80) return refuse('tên dài tối đa 80 ký tự.')
  const population = readCount(people)
  if (population === null || population < 1 || population > largestPopulation)
    return refuse(`sau “${name};” xin ghi số dân hoặc số hộ, một số nguyên từ 1 trở lên.`)
  if (!planned) return { name, population, planned: null }
  const size = readCount(planned)
  if (size === null) return refuse('số phiếu dự kiến phải là số nguyên.')
  if (size > population) return refuse(`số phiếu dự kiến (${size}) nhiều hơn số dân (${population}).`)
  return { name, population, planned: size }
}

/** "1.234" and "1234" alike: thousands are separated by dots in Vietnamese. */
function readCount(text: string): number | null {
  const plain = toPlainDigits(text).trim()
  if (!/^(\d{1,7}|\d{1,3}(\.\d{3})+)$/.test(plain)) return null
  return Number(plain.replaceAll('.', ''))
}

/** The strata as text again, for changing them. */
export const writeStrata = (strata: { name: string; population: number; planned: number }[]): string =>
  strata.map(({ name, population, planned }) => `${name}; ${population}; ${planned}`).join('\n')

/** What cannot be seen in one member of a plan alone. */
export function problemsOfPlan(plan: WavePlanForm, strata: StratumLine[], today: string): Problem[] {
  const problems: Problem[] = []
  const refuse = (path: string, message: string) => problems.push({ path, message })
  if (plan.opensOn < today) refuse('opensOn', 'Ngày bắt đầu đã qua; xin chọn từ hôm nay trở đi.')
  if (plan.closesOn < plan.opensOn) refuse('closesOn', 'Ngày cuối phải từ ngày bắt đầu trở đi.')
  if (plan.formula === 'stratified' && strata.length < 2)
    refuse('strata', 'Tính theo từng địa bàn thì cần ít nhất hai địa bàn, mỗi dòng một địa bàn.')
  if (plan.drawnFromList === 'yes' && strata.length === 0)
    refuse('strata', 'Chọn người từ danh sách thì xin ghi danh sách ấy có bao nhiêu người, theo từng địa bàn.')
  if (plan.drawnFromList === 'yes' && plan.channels.some((channel) => channel === 'qr' || channel === 'kiosk'))
    refuse('channels', 'Người được chọn từ danh sách thì không dùng mã dán tại chỗ: ai đi qua cũng trả lời được.')
  if (plan.questionnaire === 'household' && plan.channels.some((channel) => !asksOnPaper(channel)))
    refuse('channels', 'Phiếu hộ gia đình chỉ thu bằng phiếu giấy hoặc phỏng vấn tại nhà, không qua mã quét.')
  return problems
}

const asksOnPaper = (channel: string) => channel === 'paper' || channel === 'interview'

/** Planned sizes: as typed where typed, else by the formula over all strata (estimators: planSample). */
export function fillPlanned(strata: StratumLine[], sizes: number[]) {
  return strata.map(({ name, population, planned }, index) => ({
    name,
    population,
    planned: Math.min(population, planned ?? (sizes[index] as number)),
  }))
}

const oneFormIn = 10

/** Whether a form is typed a second time: one in ten, known from its number and a key, so that nobody can type only those with care. */
export function isInCheckSample(key: string, waveId: number, formNumber: string): boolean {
  return createHmac('sha256', key).update(`check|${waveId}|${formNumber}`).digest().readUInt32BE(0) % oneFormIn === 0
}

/** Positions of the criteria on which two typings of one form differ. */
export function compareTypings(first: string, second: string): number[] {
  return [...first].flatMap((mark, position) => (mark === second[position] ? [] : [position]))
}

export function sumChecks(entries: { answers: string; secondAnswers: string | null }[]): CheckResult {
  const checked = entries.flatMap(({ answers, secondAnswers }) => (secondAnswers ? [{ answers, secondAnswers }] : []))
  return {
    forms: checked.length,
    compared: checked.reduce((sum, { answers }) => sum + answers.length, 0),
    differing: checked.reduce((sum, one) => sum + compareTypings(one.answers, one.secondAnswers).length, 0),
  }
}

/** The number after the last one typed (the highest at first), going on over numbers already used. */
export function nextFormNumber(used: string[], last: string | undefined): string {
  const highest = Math.max(0, ...used.filter((number) => /^\d{1,9}$/.test(number)).map(Number))
  const [, front = '', digits = String(highest)] = /^(.*?)(\d{1,9})$/.exec(last ?? '') ?? []
  const taken = new Set(used)
  for (let next = Number(digits) + 1; ; next += 1) {
    const number = front + String(next).padStart(front ? digits.length : 0, '0')
    if (!taken.has(number)) return number
  }
}

type TargetSource = { target: number; definition: IndicatorReference['definition'] }

/** The target a wave is read against: of the indicator about its whole questionnaire, else of the one about its whole sector. */
export function targetOfWave(questionnaire: { code: string; sector: string }, indicators: TargetSource[]): number {
  const whole = indicators.filter(({ definition: { fields, serviceModes } }) => !fields && !serviceModes)
  const own = whole.find(({ definition }) => definition.questionnaire === questionnaire.code)
  const ofSector = whole.find(
    ({ definition }) => !definition.questionnaire && definition.sector === questionnaire.sector,
  )
  return (own ?? ofSector)?.target ?? 95
}
