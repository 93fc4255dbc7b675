import type { ComponentChildren } from 'preact'
import type { Language, PlaceNames } from '../../server/catalogue/contract.ts'
import { messagesIn } from '../messages/messages.ts'
import { vi } from '../messages/vi.ts'

/** Built style sheet and script of a page: their text, not their addresses. */
export type Assets = { style: string; script: string }

type FrameProps = { language: Language; demo?: boolean; nav?: ComponentChildren; children: ComponentChildren }

/** What every page of a citizen has: the mark of sample data and the line in which the outbox speaks. */
export function Frame({ language, demo, nav, children }: FrameProps) {
  const words = messagesIn(language)
  return (
    <>
      {nav}
      <main>
        {demo && <p class="demo">{withVietnamese(language, words.page.sample, vi.page.sample)}</p>}
        <p class="outbox" id="outbox" role="status" data-words={JSON.stringify(words.outbox)} />
        {children}
      </main>
    </>
  )
}

/** Longer names are set smaller, or they would push the first question off a small screen. */
const longName = 60

/** Whom the citizen rates. */
export function PlaceHeading({ place, language }: { place: PlaceNames; language: Language }) {
  const name = place.name[language]
  return (
    <div class="who">
      <Mark />
      <h1 class={name.length > longName ? 'long' : undefined}>
        <small>{place.agency[language]}</small> {name}
      </h1>
    </div>
  )
}

/** Who speaks, where no place is known. */
export function ProductHeading({ language }: { language: Language }) {
  const words = messagesIn(language).page
  return (
    <header class="who">
      <Mark />
      <b>
        {words.product}
        <small>{words.productIs}</small>
      </b>
    </header>
  )
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 44 44" aria-hidden="true">
      <path d="M10 12h24v16H21l-7 6v-6h-4z" />
      <path d="M17 20h.01M22 20h.01M27 20h.01" />
    </svg>
  )
}

/** A sentence in the page's language, with the Vietnamese beside it for whoever stands next to the reader. */
export function withVietnamese(language: Language, text: string, vietnamese: string): string {
  return language === 'vi' ? text : `${vietnamese} · ${text}`
}
