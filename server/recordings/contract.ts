import { type Language, languages } from '../catalogue/contract.ts'

export const recordedLanguages = languages

/** What a recording may be, told by its bytes; the name is what browsers know it by. */
export const audioTypes = ['audio/mpeg', 'audio/aac', 'audio/mp4', 'audio/ogg', 'audio/webm'] as const
export type AudioType = (typeof audioTypes)[number]

/** Sentences that every questionnaire's page has. */
export const commonPart = 'common'

/**
 * Keys of the sentences: a form field's name for a question, with its value for an answer, and a few standing ones. Those of
 * the faces are the only ones of two letters.
 */
export const spokenKeys = {
  intro: 'intro',
  privacy: 'privacy',
  noOpinion: 'no-opinion',
  face: (level: number) => `f${level}`,
  percent: (percent: number) => `percent-${percent}`,
  answer: (field: string, value: string) => `${field}-${value}`,
} as const

/**
 * What is recorded of a page's sentences in their present words. `address` names the whole set by its hash, and with a key
 * after it one sound for good: a page of eight questions has no room for the hash of each.
 */
export type Sounds = { address: string; keys: string[] }

/** Where the sound of a sentence is, if there is one. */
export const soundOf = (sounds: Sounds | null, key: string): string | undefined =>
  sounds?.keys.includes(key) ? sounds.address + key : undefined

/** A sentence of the survey page as somebody reads it into a telephone. */
export type SpokenText = {
  part: string
  key: string
  text: string
  /** The same in Vietnamese. */
  vi: string
  /** How a file is called that is meant for it, without its ending; the first is told. */
  fileNames: string[]
}

/** A kept recording: of which sentence, in which words, how heavy (bytes), and who added it on which day. */
export type Recorded = {
  part: string
  language: Language
  key: string
  wording: string
  words: string
  address: string
  type: AudioType
  bytes: number
  addedBy: string
  addedOn: string
}

/** A sentence and its recording; one made of other words than those of now is out of date. */
export type TextState = SpokenText & { recorded: Recorded | null; isCurrent: boolean }

export type NewRecording = Pick<Recorded, 'part' | 'language' | 'key' | 'wording' | 'words' | 'address' | 'type'> & {
  body: Buffer
}

export type Progress = { language: Language; current: number; outdated: number; total: number }

/** A few sentences are a telephone's minute; a questionnaire's are what a backup should carry. */
export const mostFileBytes = 1024 * 1024
export const mostPartBytes = 20 * 1024 * 1024
