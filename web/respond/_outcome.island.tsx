import type { Problem } from './_delivery.island.tsx'

const signs = {
  sent: 'M20 33l9 9 16-19',
  held: 'M32 18v15l10 6',
  refused: 'M32 18v17M32 45h.01',
}

export type State = { kind: keyof typeof signs; title: string; text: string; receipt?: string }

/** Puts a whole page's worth of calm in place of the form: kept on the device, sent, or not accepted. */
export function showState({ kind, title, text, receipt = '' }: State) {
  const state = element('state')
  const find = (selector: string) => state.querySelector(selector) as HTMLElement
  // Said already: a try in the background must not take the reader back to the top.
  if (!state.hidden && find('h2').textContent === title) return
  state.className = kind === 'sent' ? 'state' : 'state held'
  find('path').setAttribute('d', signs[kind])
  find('h2').textContent = title
  find('p').textContent = text
  find('.receipt b').textContent = receipt
  find('button').hidden = kind !== 'held'
  find('a').hidden = kind === 'held'
  reveal('state')
  find('h2').focus({ preventScroll: true })
  scrollTo(0, 0)
}

/** The same summary and messages as the server would have written. */
export function showProblems(form: HTMLFormElement, problems: Problem[]) {
  const summary = element('problems')
  const list = summary.querySelector('ul') as HTMLElement
  list.textContent = ''
  for (const old of form.querySelectorAll('.error')) old.remove()
  for (const problem of problems) {
    const field = fieldAt(form, problem.path)
    const link = document.createElement('a')
    link.href = problem.path === 'version' ? freshAddress() : `#${field.id}`
    link.textContent = problem.message
    const item = document.createElement('li')
    item.append(link)
    list.append(item)
    showBeside(field, problem.message)
  }
  reveal('survey', 'problems')
  summary.focus()
  scrollTo(0, 0)
}

export const hideProblems = () => {
  element('problems').hidden = true
}

const freshAddress = () => (document.querySelector('#state a') as HTMLAnchorElement).href

function reveal(...shown: string[]) {
  for (const id of ['survey', 'state', 'problems']) element(id).hidden = !shown.includes(id)
}

const element = (id: string) => document.getElementById(id) as HTMLElement

/** The field that a problem names, else the first question. */
export function fieldAt(form: HTMLFormElement, path: string): HTMLElement {
  const named = form.querySelector<HTMLElement>(`.step [name=${JSON.stringify(path)}]`)
  const field = named || (form.querySelector('.step [name]') as HTMLElement)
  field.id = (field as HTMLInputElement).name
  return field
}

function showBeside(field: HTMLElement, message: string) {
  const card = field.closest('.card') as HTMLElement
  const error = document.createElement('p')
  error.className = 'error'
  error.id = `error-${field.id}`
  error.textContent = message
  card.querySelector('legend,label')?.after(error)
  ;(card.tagName === 'FIELDSET' ? card : field).setAttribute('aria-describedby', error.id)
}
