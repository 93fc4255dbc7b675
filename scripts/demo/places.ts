import type { Place } from '../../server/catalogue/catalogue.ts'
import type { Rhythm } from './calendar.ts'

/** What a place is like: how many answer on an ordinary day, how well it serves, who comes. */
export type Profile = {
  rhythm: Rhythm
  perDay: number
  /** Standard deviations above "satisfied": 1.65 is about 95 % at levels 4-5, 1.28 about 90 %. */
  ease: number
  enterprises: number
  /** Which comments fit. */
  words: 'office' | 'land' | 'online' | 'clinic' | 'vaccination' | 'school'
}

const known: Record<string, Profile> = {
  QUAYHT: { rhythm: 'office', perDay: 43, ease: 1.85, enterprises: 0.03, words: 'office' },
  QUAYDD: { rhythm: 'office', perDay: 26, ease: 1.36, enterprises: 0.12, words: 'land' },
  QUAYKD: { rhythm: 'office', perDay: 21, ease: 1.6, enterprises: 0.3, words: 'office' },
  QUAYXH: { rhythm: 'office', perDay: 25, ease: 1.75, enterprises: 0.01, words: 'office' },
  QUAYTH: { rhythm: 'office', perDay: 29, ease: 1.7, enterprises: 0.05, words: 'office' },
  DVCTT: { rhythm: 'online', perDay: 21, ease: 1.5, enterprises: 0.15, words: 'online' },
  KHAMBENH: { rhythm: 'clinic', perDay: 25, ease: 1.42, enterprises: 0, words: 'clinic' },
  TCHUNG: { rhythm: 'vaccination', perDay: 70, ease: 1.8, enterprises: 0, words: 'vaccination' },
  TRMN: { rhythm: 'school', perDay: 24, ease: 1.75, enterprises: 0, words: 'school' },
  TRTH: { rhythm: 'school', perDay: 36, ease: 1.5, enterprises: 0, words: 'school' },
  TRTHCS: { rhythm: 'school', perDay: 32, ease: 1.25, enterprises: 0, words: 'school' },
}

const bySector = {
  administrative: { rhythm: 'office', perDay: 20, ease: 1.6, enterprises: 0.05, words: 'office' },
  health: { rhythm: 'clinic', perDay: 20, ease: 1.5, enterprises: 0, words: 'clinic' },
  education: { rhythm: 'school', perDay: 25, ease: 1.5, enterprises: 0, words: 'school' },
} as const satisfies Record<string, Profile>

/** Also for a place that somebody added to the reference data since. */
export const profileOf = (place: Place): Profile => known[place.code] ?? bySector[place.sector]

/** Standard deviations by which a factor is harder (−) or easier than the place as a whole. */
const easeOfFactor: Record<string, number> = {
  'tiep-can': 0.1,
  'thu-tuc': -0.05,
  'cong-chuc': 0.25,
  'ket-qua': -0.1,
  'phan-anh': -0.2,
  'minh-bach': -0.15,
  'co-so': -0.25,
  'thai-do': 0.3,
  'moi-truong': 0.2,
  'hoat-dong': 0.1,
}

/** Criteria everybody knows to be hard: waiting, appointed days, toilets, what the school collects. */
const easeOfCriterion: Record<string, number> = {
  'sipas-22': -0.2,
  'sipas-28': -0.3,
  'sipas-33': -0.3,
  'kb-b7': -0.5,
  'kb-b10': -0.3,
  'kb-c6': -0.5,
  'tc-b2': -0.4,
  'tc-c10': -0.3,
  'gd-1-4': -0.5,
  'gd-2-4': -0.6,
}

export const easeOf = (factor: string, criterion: string): number =>
  (easeOfFactor[factor] ?? 0) + (easeOfCriterion[criterion] ?? 0)
