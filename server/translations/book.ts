import type { Database } from '../../db/client.ts'
import { readTranslations, type TranslationRows, translationsChannel } from '../../db/translations/translations.ts'
import type { Texts } from '../../web/messages/wording.ts'
import type { Background } from '../background.ts'
import { dayOf } from '../days.ts'
import type { TextPlace } from './change-contract.ts'
import type { Review } from './contract.ts'
import { pairOf } from './text-rules.ts'
import { wordParts } from './wordings.ts'

/** What a commune has worded and reviewed, as this process knows it. */
export type TranslationState = {
  /** Per group of words, what stands instead of the built-in texts. */
  texts: Map<string, Texts>
  findReview(place: TextPlace, pair: string): Review | null
}

export type TranslationBook = {
  current(): TranslationState
  reload(): Promise<TranslationState>
}

/**
 * Keeps the commune's wording in memory and lays it over the built-in words: no page of a citizen asks the database for
 * it. Read at the start, and again when any process says that it changed, or after a lost connection.
 */
export async function openTranslationBook(database: Database, background: Background): Promise<TranslationBook> {
  let state = stateOf({ words: [], reviews: [] })
  const reload = async () => {
    state = stateOf(await readTranslations(database))
    layWords(state)
    return state
  }
  await reload()
  const again = () => void background.run('translations', reload)
  await database.listen(translationsChannel, again, again)
  return { current: () => state, reload }
}

function stateOf({ words, reviews }: TranslationRows): TranslationState {
  const texts = new Map<string, Texts>()
  for (const { part, key, body } of words) texts.set(part, { ...texts.get(part), [key]: body })
  const found = new Map(
    reviews.map(({ part, key, pair, reviewedBy, reviewedAt }) => [
      nameOf({ part, key }, pair),
      { by: reviewedBy, on: dayOf(Date.parse(reviewedAt)) },
    ]),
  )
  return { texts, findReview: (place, pair) => found.get(nameOf(place, pair)) ?? null }
}

const nameOf = ({ part, key }: TextPlace, pair: string): string => `${part} ${key} ${pair}`

function layWords({ texts, findReview }: TranslationState): void {
  for (const { code, wording } of wordParts) {
    const own = texts.get(code) ?? {}
    wording.lay('km', own)
    const isReviewed = Object.entries(wording.built.km).every(([key, built]) => {
      const place = { part: code, key }
      const km = own[key] ?? built
      return km === '' || findReview(place, pairOf(place, wording.built.vi[key] ?? '', km)) !== null
    })
    wording.setReviewed('km', isReviewed)
  }
}
