import { createHash } from 'node:crypto'
import type { Database } from '../../db/client.ts'
import { readRecordings, recordingsChannel } from '../../db/recordings/recordings.ts'
import { links } from '../../web/links.ts'
import { messagesIn } from '../../web/messages/messages.ts'
import type { Background } from '../background.ts'
import type { Language, Questionnaire } from '../catalogue/contract.ts'
import { dayOf } from '../days.ts'
import type { Recorded, Sounds, SpokenText, TextState } from './contract.ts'
import { listSpoken, wordingOf } from './texts.ts'

/** What has been recorded, as this process knows it: no page of a citizen asks the database for it. */
export type RecordingBook = {
  /** What is recorded of a page's sentences in their present words; null for nothing. */
  soundsOf(definition: Questionnaire, language: Language): Sounds | null
  /** The file behind a key of a set that a page was told of by this process. */
  findFile(set: string, key: string): string | undefined
  /** Every sentence of a questionnaire's page and its recording, whether still in its words or not. */
  listTexts(definition: Questionnaire, language: Language): TextState[]
  reload(): Promise<void>
}

type Kept = { words: unknown; sounds: Sounds | null }

/** Sets that pages may still name, also of before the last change. */
const mostSets = 500

/** Read at the start, and again when any process says that something changed, or after a lost connection. */
export async function openRecordingBook(database: Database, background: Background): Promise<RecordingBook> {
  let byPlace = new Map<string, Recorded>()
  let kept = new WeakMap<Questionnaire, Map<Language, Kept>>()
  const reload = async () => {
    const rows = await readRecordings(database)
    const recorded = rows.map(({ addedAt, ...one }) => ({ ...one, addedOn: dayOf(Date.parse(addedAt)) }))
    byPlace = new Map(recorded.map((one) => [placeOf(one, one.language), one]))
    kept = new WeakMap()
  }
  const listTexts = (definition: Questionnaire, language: Language) =>
    listSpoken(definition, language).map((text) => stateOf(text, byPlace.get(placeOf(text, language))))
  const sets = new Map<string, Map<string, string>>()
  const nameSounds = (found: Map<string, string>): Sounds | null => {
    if (found.size === 0) return null
    const set = nameOfSet(found)
    sets.delete(set)
    sets.set(set, found)
    for (const name of sets.keys()) if (sets.size > mostSets) sets.delete(name)
    return { address: links.recording(set, ''), keys: [...found.keys()] }
  }
  const soundsOf = (definition: Questionnaire, language: Language): Sounds | null => {
    if (byPlace.size === 0) return null
    // Other words are another object: laid over the built ones as soon as the commune changes them.
    const words = messagesIn(language)
    const known = kept.get(definition)?.get(language)
    if (known?.words === words) return known.sounds
    const sounds = nameSounds(collectSounds(listTexts(definition, language)))
    kept.set(definition, new Map([...(kept.get(definition) ?? []), [language, { words, sounds }]]))
    return sounds
  }
  await reload()
  const again = () => void background.run('recordings', reload)
  await database.listen(recordingsChannel, again, again)
  return { soundsOf, findFile: (set, key) => sets.get(set)?.get(key), listTexts, reload }
}

const placeOf = ({ part, key }: { part: string; key: string }, language: Language): string =>
  `${part} ${language} ${key}`

const stateOf = (text: SpokenText, recorded: Recorded | undefined): TextState => ({
  ...text,
  recorded: recorded ?? null,
  isCurrent: recorded?.wording === wordingOf(text.text),
})

/** What is recorded in its present words, by key. */
const collectSounds = (texts: TextState[]): Map<string, string> =>
  new Map(texts.flatMap(({ key, recorded, isCurrent }) => (recorded && isCurrent ? [[key, recorded.address]] : [])))

const nameOfSet = (sounds: Map<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify([...sounds]))
    .digest('base64url')
    .slice(0, 8)
