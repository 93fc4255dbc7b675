import type { Entry } from './_store.island.tsx'

export const readField = (form: HTMLFormElement, name: string) =>
  (form.elements.namedItem(name) as HTMLInputElement).value

/** Whoever is not content is asked what was wrong, rather than whether there is anything to add. */
export function wordPrompt(form: HTMLFormElement) {
  const prompt = document.getElementById('prompt') as HTMLElement
  const usual = prompt.textContent
  const choose = () => {
    const low = form.querySelector('[name^="a-"]:checked:not([value="0"]):not([value="4"]):not([value="5"])')
    prompt.textContent = (low ? prompt.dataset.afterLow : usual) as string
  }
  form.addEventListener('change', choose)
  choose()
  return choose
}

export const isRated = (form: HTMLFormElement) => Boolean(form.querySelector('[name^="a-"]:checked'))

export const isTouched = (form: HTMLFormElement) =>
  Boolean(
    form.querySelector('input:checked') ||
      readField(form, 'comment') ||
      form.querySelector('option:not([value=""]):checked'),
  )

/** The form as it goes over the network. */
export function readEntry(form: HTMLFormElement): Entry {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) body.append(name, keep(value as string))
  const place = document.querySelector('h1')?.lastChild?.textContent || ''
  return { id: readField(form, 'id'), url: form.action, body: `${body}`, place: place.trim(), createdAt: Date.now() }
}

/** What no server keeps is left out here too, or an answer that waits would be refused for it. */
const keep = (typed: string) =>
  typed.replace(/(?![\t\n\v\f\r])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu, '').normalize()

/**
 * Another language: `act` gets the button pressed and the event. The step shown goes along with the answers, so that the
 * same question is shown again.
 */
export function onLanguage(
  form: HTMLFormElement,
  stepAt: () => number,
  act: (button: HTMLButtonElement, event: Event) => void,
) {
  for (const button of document.querySelectorAll<HTMLButtonElement>('nav [name]')) {
    button.onclick = (event) => {
      ;(form.elements.namedItem('step') as HTMLInputElement).value = `${stepAt()}`
      act(button, event)
    }
  }
}
