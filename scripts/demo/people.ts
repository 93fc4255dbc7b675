import type { Place, Version } from '../../server/catalogue/catalogue.ts'
import type { ExtraQuestion, Language } from '../../server/catalogue/contract.ts'
import { drawCriteria } from '../../server/catalogue/draw-rules.ts'
import { type Tone, writeComment } from './comments.ts'
import type { Trouble } from './events.ts'
import { easeOf, profileOf } from './places.ts'
import type { Chance } from './random.ts'

export type Person = {
  /** Standard deviations above the average: one person's answers go together. */
  mood: number
  /** Gives the same mark to everything. */
  straight: boolean
  language: Language
  comments: boolean
}

export function meetPerson(place: Place, trouble: Trouble | null, chance: Chance): Person {
  const mood = chance.normal()
  const isUpset = mood < -1.2 || trouble !== null
  return {
    mood,
    straight: chance.isTrue(0.3),
    language: chance.isTrue(0.035) ? 'km' : chance.isTrue(0.01) ? 'en' : 'vi',
    comments: chance.isTrue(isUpset ? 0.19 : place.sector === 'education' ? 0.08 : 0.06),
  }
}

type Asked = { place: Place; version: Version; id: string; rotationKey: string }

/** The JSON body one person sends. */
export function answerSurvey(
  { place, version, id, rotationKey }: Asked,
  person: Person,
  trouble: Trouble | null,
  chance: Chance,
) {
  const profile = profileOf(place)
  const lean = profile.ease + person.mood * moodWeight
  const levels = drawCriteria(version.plan, id, rotationKey).map((position) => {
    const criterion = version.plan.criteria[position]
    const factor = version.plan.definition.factors[version.plan.factorOf[position] as number]
    const ease = easeOf(factor?.code ?? '', criterion?.code ?? '') + troubleFor(trouble, factor?.code ?? '')
    const level = person.straight
      ? levelOf(lean + troubleFor(trouble, 'all'))
      : levelOf(lean + ease + noise * chance.normal())
    return [criterion?.code, criterion?.noOpinion && chance.isTrue(0.06) ? 0 : level] as const
  })
  const answers = Object.fromEntries(levels.filter((_, index) => index === 0 || !chance.isTrue(0.02)))
  const visit = aboutTheVisit(place, profile.enterprises, chance)
  const tone = toneOf(levels.map(([, level]) => level))
  return {
    id,
    place: place.code,
    version: version.version,
    channel: channelOf(profile.rhythm, chance),
    language: person.language,
    answers,
    extras: answerExtras(version.plan.definition.extra, lean, chance),
    ...visit,
    ...saidOfHelp(id),
    ...(person.comments && { comment: writeComment({ ...profile, ...visit }, tone, person.language, chance) }),
  }
}

/**
 * Of ten people six say that they answered by themselves and one that somebody helped: told by the id, so that nothing
 * else of the year is drawn otherwise.
 */
function saidOfHelp(id: string): { assisted?: boolean } {
  const draw = Number.parseInt(id.slice(-4), 16) / 0x10000
  return draw < 0.6 ? { assisted: false } : draw < 0.7 ? { assisted: true } : {}
}

/** The best marks and nothing else, as somebody sends them who wants a counter to look good. */
export function answerAllFives({ place, version, id, rotationKey }: Asked) {
  const asked = drawCriteria(version.plan, id, rotationKey).map((position) => version.plan.criteria[position]?.code)
  const field = place.fieldCodes.length > 1 ? { field: place.fieldCodes[0] } : {}
  return {
    id,
    place: place.code,
    version: version.version,
    answers: Object.fromEntries(asked.map((code) => [code, 5])),
    ...field,
  }
}

/** Together one: the share of a person's answers that comes from the person, and from each single thing. */
const moodWeight = 0.8
const noise = 0.6

const troubleFor = (trouble: Trouble | null, factor: string): number => {
  if (!trouble) return 0
  if (trouble.factors === 'all') return trouble.ease
  // Somebody who marks everything alike is led by the worst half of it.
  return factor === 'all' ? trouble.ease / 2 : trouble.factors.includes(factor) ? trouble.ease : 0
}

const levelOf = (value: number): number => (value > 1.15 ? 5 : value > 0 ? 4 : value > -0.75 ? 3 : value > -1.4 ? 2 : 1)

function toneOf(levels: number[]): Tone {
  const given = levels.filter((level) => level > 0)
  if (given.some((level) => level <= 2)) return 'displeased'
  return given.filter((level) => level === 5).length * 2 > given.length ? 'pleased' : 'mixed'
}

function channelOf(rhythm: string, chance: Chance): string {
  if (rhythm === 'online') return chance.isTrue(0.7) ? 'web' : 'qr'
  return chance.isTrue(0.14) ? 'kiosk' : chance.isTrue(0.06) ? 'web' : 'qr'
}

function aboutTheVisit(place: Place, enterprises: number, chance: Chance) {
  const { fieldCodes } = place
  // The first fields named at a place are its commonest.
  const field = fieldCodes[Math.floor(chance.between(0, 1) * chance.between(0.3, 1) * fieldCodes.length)]
  const mode = chance.isTrue(0.06) ? undefined : chance.isTrue(0.2) ? 'online' : 'direct'
  const respondent = chance.isTrue(0.08) ? undefined : chance.isTrue(enterprises) ? 'enterprise' : 'citizen'
  return {
    field: fieldCodes.length > 1 && !chance.isTrue(0.04) ? field : undefined,
    ...(place.serviceMode === 'ask' && mode && { serviceMode: mode }),
    ...(place.asksRespondent && respondent && { respondent }),
  }
}

function answerExtras(questions: ExtraQuestion[], lean: number, chance: Chance): Record<string, number | string> {
  const value = ({ kind, choices = [] }: ExtraQuestion): number | string | undefined => {
    if (kind === 'scale') return levelOf(lean + noise * chance.normal())
    if (kind === 'percent') return Math.min(120, Math.max(0, 5 * Math.round((80 + 9 * lean + 6 * chance.normal()) / 5)))
    return choices.length > 0 ? chance.pick(choices).code : undefined
  }
  const given = questions.map((question) => [question.code, value(question), chance.isTrue(0.7)] as const)
  return Object.fromEntries(
    given.flatMap(([code, answer, isGiven]) => (isGiven && answer !== undefined ? [[code, answer]] : [])),
  )
}
