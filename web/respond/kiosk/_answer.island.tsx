import { isRated, isTouched, onLanguage, readEntry, readField, wordPrompt } from '../_form.island.tsx'
import { showProblems, showState } from '../_outcome.island.tsx'
import { offerReading } from '../_read.island.tsx'
import { startSteps } from '../_steps.island.tsx'
import { keepEntry } from '../_store.island.tsx'
import { type Kiosk, type Place, replacePage } from './_place.island.tsx'
import { sendInOrder } from './_queue.island.tsx'
import { takeSpare } from './_spares.island.tsx'

const kiosk = window as Kiosk

/** The form of one person at a shared tablet; `onHeld` is called once it is kept for want of a network. */
export function answer(form: HTMLFormElement, place: Place, onHeld: () => void) {
  const words = JSON.parse(form.dataset.words as string)
  const send = form.querySelector('[type=submit]') as HTMLButtonElement
  const sendText = send.textContent
  let begunAt = 0
  let sending = false
  let given = false
  takeChosen(form)
  const prompt = wordPrompt(form)
  const isWhole = !document.getElementById('problems')?.hidden
  const reading = offerReading(form, words.read)
  const steps = isWhole ? undefined : startSteps(form, words, Number(readField(form, 'step')), reading.show)
  const begin = () => {
    begunAt ||= Date.now()
  }
  for (const name of ['pointerdown', 'keydown']) addEventListener(name, begin)

  const complain = (problems: { path: string; message: string }[]) => {
    steps?.showAll()
    send.textContent = sendText
    showProblems(form, problems)
  }

  async function submit() {
    const entry = readEntry(form)
    entry.body += `&took=${Math.round((Date.now() - begunAt) / 1000)}`
    sending = true
    reading.stop()
    send.textContent = words.sending
    const stored = await keepEntry(entry)
    const outcome = await sendInOrder(entry)
    sending = false
    if (outcome?.kind === 'sent') return thank(outcome.receipt)
    if (outcome?.kind === 'refused')
      return outcome.problems.length ? complain(outcome.problems) : refuse(outcome.message)
    if (!stored) return keepOpen()
    given = true
    showState({ kind: 'sent', title: words.held, text: words.heldText })
    onHeld()
  }

  async function thank(receipt: string) {
    given = true
    const address = (form.dataset.thanks as string).replace('{}', encodeURIComponent(receipt))
    const html = await fetchText(address)
    if (html) return replacePage(html)
    showState({ kind: 'sent', title: words.sent, text: words.sentText, receipt })
    onHeld()
  }

  function refuse(text: string) {
    given = true
    showState({ kind: 'refused', title: words.refused, text })
    onHeld()
  }

  /** A browser that keeps nothing on disk: the page stays until the form is away. */
  function keepOpen() {
    sending = true
    showState({ kind: 'held', title: words.heldOffline, text: words.unsaved })
    setTimeout(() => submit(), 10_000)
  }

  form.onsubmit = (event) => {
    event.preventDefault()
    if (sending) return
    if (!isRated(form)) return complain([{ path: '', message: words.needAnswer }])
    submit().catch(() => HTMLFormElement.prototype.submit.call(form))
  }
  onLanguage(
    form,
    () => steps?.current() || 0,
    async (button, event) => {
      event.preventDefault()
      if (!sending) await changeLanguage(form, place, button.value)
    },
  )
  /** Somebody chose a language or more. */
  const isBegun = () => isWhole || document.documentElement.lang !== 'vi' || isTouched(form)
  return { isSending: () => sending, isBegun, clear, stop: reading.stop }

  /** Empties a form that was not sent. False where another page is needed: sent already, or in another language. */
  function clear(always = false): boolean {
    if (!always && (given || isWhole || document.documentElement.lang !== 'vi')) return false
    if (isTouched(form)) empty(form)
    prompt()
    steps?.show(0)
    begunAt = 0
    return true
  }
}

function empty(form: HTMLFormElement) {
  for (const field of form.querySelectorAll<HTMLInputElement>('input:checked')) field.checked = false
  for (const field of form.querySelectorAll<HTMLInputElement>('textarea,select')) field.value = ''
}

/** The same form in another language: from the server, or without a network as one that was kept. */
async function changeLanguage(form: HTMLFormElement, place: Place, language: string) {
  const chosen = new URLSearchParams()
  for (const [name, value] of new FormData(form)) chosen.append(name, value as string)
  const body = new URLSearchParams(chosen)
  body.set('lang', language)
  const html = await fetchText(form.action, { method: 'POST', body })
  if (html) return replacePage(html)
  const spare = kiosk.ydSpare || (await takeSpare(place.start))
  if (!spare) return
  kiosk.ydChosen = chosen
  replacePage(spare.pages[language] as string, spare)
}

/** What was chosen before the language changed, where the server could not put it into the page. */
function takeChosen(form: HTMLFormElement) {
  const chosen = kiosk.ydChosen
  kiosk.ydChosen = undefined
  for (const [name, value] of chosen || []) {
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.checked || field.value === value
      else if (name === 'step' || field.type !== 'hidden') field.value = value
    }
  }
}

export async function fetchText(address: string, init?: RequestInit): Promise<string> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), 8000)
  const reply = await fetch(address, { ...init, cache: 'no-store', signal: abort.signal }).catch(() => undefined)
  const html = reply?.ok && /html/.test(reply.headers.get('content-type') || '') ? await reply.text() : ''
  clearTimeout(timer)
  return html
}
