import {
  deliver,
  deliverWaiting,
  firstPauseMs,
  keepTrying,
  type Outcome,
  outboxWords,
  startOutbox,
} from './_delivery.island.tsx'
import { isRated, isTouched, onLanguage, readEntry, readField, wordPrompt } from './_form.island.tsx'
import { fieldAt, hideProblems, showProblems, showState } from './_outcome.island.tsx'
import { offerReading } from './_read.island.tsx'
import { startSteps } from './_steps.island.tsx'
import { dropEntry, type Entry, isUsed, keepEntry, markUsed, recall, remember } from './_store.island.tsx'
import type { ScriptTexts } from './script-words.ts'

const form = document.getElementById('survey') as HTMLFormElement
// Without their names, which would weigh as much as a question does.
const [
  readWord,
  backWord,
  skipWord,
  nextWord,
  sendingWord,
  needAnswerWord,
  heldOfflineWord,
  heldBusyWord,
  heldWord,
  heldBusyTextWord,
  unsavedWord,
  retryWord,
  sentWord,
  sentTextWord,
  refusedWord,
  usedWord,
  usedTextWord,
] = (form.dataset.words as string).split('\n') as unknown as ScriptTexts
const send = form.querySelector('[type=submit]') as HTMLButtonElement
const retry = document.querySelector('#state button') as HTMLButtonElement
const sendText = send.textContent
const id = readField(form, 'id')

/** The form this page sends itself; empty until it is sent. */
const own = { id: '' }
/** The same, once it could not be sent: it waits, on disk unless the browser keeps nothing. */
let held: { entry: Entry; stored: boolean } | undefined
/** On the way to the same form in another language. */
let leaving = false

startOutbox(own)
const sendAgain = keepTrying(sendHeld)
retry.onclick = sendAgain
form.addEventListener('submit', submit)
addEventListener('pageshow', (event) => {
  leaving = false
  if (event.persisted && isUsed(id)) renew()
})
if (isUsed(id)) renew()
wordPrompt(form)
const hasProblems = !document.getElementById('problems')?.hidden
const stood = readField(form, 'step')
const reading = offerReading(form, readWord)
const steps = hasProblems
  ? undefined
  : startSteps(form, { back: backWord, skip: skipWord, next: nextWord }, Number(stood), showStep)
onLanguage(form, () => steps?.current() || 0, switchLanguage)
// Loaded again, a page that came by a form is opened afresh instead of being sent once more.
if (stood) history.replaceState(null, '', languageAddress())

/** What was wrong with the form was said; the next question is not where it stands. */
function showStep(step: HTMLElement) {
  hideProblems()
  reading.show(step)
}

/** With answers, or for larger letters, the form goes along; else a fresh page does. Without a network it stays. */
function switchLanguage(button: HTMLButtonElement, event: Event) {
  const { href } = button.dataset
  const goes = navigator.onLine && !own.id
  leaving = goes && (isTouched(form) || !href)
  if (leaving) return
  event.preventDefault()
  if (goes) location.href = href as string
}

function languageAddress() {
  return (document.querySelector('nav [aria-current]') as HTMLElement).dataset.href as string
}

function submit(event: Event) {
  if (leaving) return
  event.preventDefault()
  if (own.id) return
  if (!isRated(form)) return showForm([{ path: '', message: needAnswerWord }])
  own.id = id
  reading.stop()
  send.disabled = true
  send.textContent = sendingWord
  // Whatever goes wrong in here, the form can still go the plain way.
  sendForm().catch(() => HTMLFormElement.prototype.submit.call(form))
}

/** On disk first, then over the network: from here on a closed tab or a lost signal loses nothing. */
async function sendForm() {
  const entry = readEntry(form)
  const stored = await keepEntry(entry)
  const outcome = await deliver(entry)
  if (outcome.kind === 'sent') {
    await settle(outcome)
    location.href = thanksAddress(outcome.receipt)
  } else if (outcome.kind === 'refused') await settle(outcome)
  else hold({ entry, stored }, outcome.answered)
}

/** A final answer: stored, or never to be. */
async function settle(outcome: Exclude<Outcome, { kind: 'kept' }>) {
  // What was promised to go by itself and cannot stays for the outbox to show, also on a later page.
  if (outcome.kind === 'sent' || !held) await dropEntry(id)
  held = undefined
  removeEventListener('beforeunload', warn)
  if (outcome.kind === 'sent') return markUsed(id)
  own.id = ''
  if (outcome.problems.length) return showForm(outcome.problems)
  steps?.showAll()
  showState({ kind: 'refused', title: refusedWord, text: outcome.message })
  // Still there to be read and copied, not to be sent.
  form.hidden = false
}

function hold(waiting: { entry: Entry; stored: boolean }, busy: boolean) {
  held = waiting
  if (!held.stored) addEventListener('beforeunload', warn)
  showHeld(busy)
  setTimeout(sendAgain, firstPauseMs)
}

function showHeld(busy: boolean) {
  const kept = busy ? heldBusyTextWord : heldWord
  showState({
    kind: 'held',
    title: busy ? heldBusyWord : heldOfflineWord,
    text: held?.stored ? kept : unsavedWord,
  })
}

/** Returns true when nothing is left to try. */
async function sendHeld(): Promise<boolean> {
  if (!held) return true
  retry.textContent = sendingWord
  // Long enough to be seen: otherwise a press without a network looks like nothing at all.
  const [outcome] = await Promise.all([deliverWaiting(held.entry), new Promise((resolve) => setTimeout(resolve, 600))])
  retry.textContent = retryWord
  if (outcome.kind === 'kept') showHeld(outcome.answered)
  else await settle(outcome)
  if (outcome.kind === 'sent') {
    const { receipt, left } = outcome
    const text = left ? `${sentTextWord} ${outboxWords().left}${left}` : sentTextWord
    showState({ kind: 'sent', title: sentWord, text, receipt })
  }
  return outcome.kind !== 'kept'
}

function showForm(problems: { path: string; message: string }[]) {
  const wrong = problems.map(({ path }) => fieldAt(form, path).closest<HTMLElement>('.step'))
  const [first] = wrong
  // One question at fault is asked again; a whole form at once is a wall to whoever reads slowly.
  if (first && wrong.every((step) => step === first)) steps?.askAgain(first)
  else steps?.showAll()
  send.disabled = false
  send.textContent = sendText
  showProblems(form, problems)
}

const thanksAddress = (receipt: string) => (form.dataset.thanks as string).replace('{}', encodeURIComponent(receipt))

/** A form that was sent and came back by the back button: says so, and becomes a new one once the server is there. */
function renew() {
  const address = location.pathname + location.search
  const renewedKey = 'y-dan-renewed'
  showState({ kind: 'refused', title: usedWord, text: usedTextWord })
  // The page came with a used id twice: reloading it for ever would help nobody.
  if (recall(renewedKey) === id) return
  keepTrying(async () => {
    const found = await fetch(address, { cache: 'no-store' }).catch(() => undefined)
    if (!found?.ok) return false
    remember(renewedKey, id)
    location.replace(address)
    return true
  })()
}

function warn(event: BeforeUnloadEvent) {
  event.preventDefault()
  event.returnValue = ''
}
