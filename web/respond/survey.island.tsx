import {
  deliver,
  deliverWaiting,
  firstPauseMs,
  keepTrying,
  type Outcome,
  outboxWords,
  startOutbox,
} from './_delivery.island.tsx'
import { markKiosk, startKiosk } from './_kiosk.island.tsx'
import { showProblems, showState } from './_outcome.island.tsx'
import { type StepWords, startSteps } from './_steps.island.tsx'
import { dropEntry, type Entry, isUsed, keepEntry, markUsed, recall, remember } from './_store.island.tsx'

type Words = StepWords &
  Record<
    | 'sending'
    | 'needAnswer'
    | 'heldOffline'
    | 'heldBusy'
    | 'held'
    | 'heldBusyText'
    | 'unsaved'
    | 'retry'
    | 'sent'
    | 'sentText'
    | 'refused'
    | 'used'
    | 'usedText',
    string
  >

const form = document.getElementById('survey') as HTMLFormElement
const words = JSON.parse(form.dataset.words as string) as Words
const send = form.querySelector('[type=submit]') as HTMLButtonElement
const retry = document.querySelector('#state button') as HTMLButtonElement
const prompt = document.getElementById('prompt') as HTMLElement
const promptText = prompt.textContent
const sendText = send.textContent
const readField = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value
const id = readField('id')

/** The form this page sends itself; empty until it is sent. */
const own = { id: '' }
/** The same, once it could not be sent: it waits, on disk unless the browser keeps nothing. */
let held: { entry: Entry; stored: boolean } | undefined

startOutbox(own)
const sendAgain = keepTrying(sendHeld)
retry.onclick = sendAgain
form.addEventListener('submit', submit)
form.addEventListener('change', wordPrompt)
addEventListener('pageshow', (event) => {
  if (event.persisted && isUsed(id)) renew()
})
if (isUsed(id)) renew()
markKiosk(readField('channel') === 'kiosk')
startKiosk(clearForm)
wordPrompt()
const hasProblems = !document.getElementById('problems')?.hidden
const steps = hasProblems ? undefined : startSteps(form, words)

/** Whoever is not content is asked what was wrong, rather than whether there is anything to add. */
function wordPrompt() {
  const low = form.querySelector('[name^="a-"]:checked:not([value="0"]):not([value="4"]):not([value="5"])')
  prompt.textContent = (low ? prompt.dataset.afterLow : promptText) as string
}

function submit(event: Event) {
  event.preventDefault()
  if (own.id) return
  if (!form.querySelector('[name^="a-"]:checked')) return showForm([{ path: '', message: words.needAnswer }])
  own.id = id
  send.disabled = true
  send.textContent = words.sending
  // Whatever goes wrong in here, the form can still go the plain way.
  sendForm().catch(() => HTMLFormElement.prototype.submit.call(form))
}

/** On disk first, then over the network: from here on a closed tab or a lost signal loses nothing. */
async function sendForm() {
  const entry = readEntry()
  const stored = await keepEntry(entry)
  const outcome = await deliver(entry)
  if (outcome.kind === 'sent') {
    await settle(outcome)
    location.href = thanksAddress(outcome.receipt)
  } else if (outcome.kind === 'refused') await settle(outcome)
  else hold({ entry, stored }, outcome.answered)
}

function readEntry(): Entry {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) body.append(name, keep(value as string))
  const place = document.querySelector('h1')?.lastChild?.textContent || ''
  return { id, url: form.action, body: `${body}`, place: place.trim(), createdAt: Date.now() }
}

/** What no server keeps is left out here too, or an answer that waits would be refused for it. */
const keep = (typed: string) =>
  typed.replace(/(?![\t\n\v\f\r])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu, '').normalize()

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
  showState({ kind: 'refused', title: words.refused, text: outcome.message })
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
  const kept = busy ? words.heldBusyText : words.held
  showState({
    kind: 'held',
    title: busy ? words.heldBusy : words.heldOffline,
    text: held?.stored ? kept : words.unsaved,
  })
}

/** Returns true when nothing is left to try. */
async function sendHeld(): Promise<boolean> {
  if (!held) return true
  retry.textContent = words.sending
  // Long enough to be seen: otherwise a press without a network looks like nothing at all.
  const [outcome] = await Promise.all([deliverWaiting(held.entry), new Promise((resolve) => setTimeout(resolve, 600))])
  retry.textContent = words.retry
  if (outcome.kind === 'kept') showHeld(outcome.answered)
  else await settle(outcome)
  if (outcome.kind === 'sent') {
    const { receipt, left } = outcome
    const text = left ? `${words.sentText} ${outboxWords().left}${left}` : words.sentText
    showState({ kind: 'sent', title: words.sent, text, receipt })
  }
  return outcome.kind !== 'kept'
}

function showForm(problems: { path: string; message: string }[]) {
  steps?.showAll()
  send.disabled = false
  send.textContent = sendText
  showProblems(form, problems)
}

const thanksAddress = (receipt: string) => (form.dataset.thanks as string).replace('{}', encodeURIComponent(receipt))

/** A form that was sent and came back by the back button: says so, and becomes a new one once the server is there. */
function renew() {
  const address = location.pathname + location.search
  const renewedKey = 'y-dan-renewed'
  showState({ kind: 'refused', title: words.used, text: words.usedText })
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

/** False while a form waits here for the network: it must not be lost to make room. */
function clearForm(): boolean {
  if (held) return false
  for (const field of form.querySelectorAll<HTMLInputElement>('input:checked')) field.checked = false
  for (const name of ['textarea', 'select', '[type=number]']) {
    for (const field of form.querySelectorAll<HTMLInputElement>(name)) field.value = ''
  }
  wordPrompt()
  steps?.restart()
  return true
}

function warn(event: BeforeUnloadEvent) {
  event.preventDefault()
  event.returnValue = ''
}
