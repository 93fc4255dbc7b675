export type StepWords = { back: string; skip: string; next: string }

/** A tap is answered after this, so that the choice is seen first and a double tap stays on one question. */
const advanceMs = 350

/** One question at a time, from the given one on. Returns which one is shown, and what shows the whole form again. */
export function startSteps(
  form: HTMLFormElement,
  words: StepWords,
  first: number,
  onShow: (step: HTMLElement) => void,
) {
  const parts = makeParts(form, words)
  const { steps, bar, turn, back, next } = parts
  let at = 0
  let returns = false
  let timer: ReturnType<typeof setTimeout>

  const current = () => steps[at] as HTMLElement
  const goesOn = () => turn.isConnected && !form.hidden && at < steps.length - 1
  const show = (index: number) => {
    clearTimeout(timer)
    at = index
    showStep(parts, at, words)
    onShow(current())
  }
  const move = (by: number) => {
    const to = returns && by > 0 ? steps.length - 1 : at + by
    returns = false
    show(to)
    current().querySelector<HTMLElement>('[tabindex]')?.focus({ preventScroll: true })
    bar.scrollIntoView()
  }
  const advance = () => {
    clearTimeout(timer)
    timer = setTimeout(() => goesOn() && move(1), advanceMs)
  }

  back.onclick = () => move(-1)
  next.onclick = () => move(1)
  for (const name of ['change', 'input']) form.addEventListener(name, () => labelNext(next, current(), words))
  form.addEventListener('click', (event) => {
    // Arrow keys also click, with detail 0: whoever uses them goes on by Enter or by the button.
    if (goesOn() && isRadio(event.target) && event.detail) advance()
  })
  document.addEventListener('keydown', (event) => {
    if (!goesOn() || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter' && isAnswerField(event.target)) {
      event.preventDefault()
      move(1)
    } else if (chooseByKey(current(), event)) advance()
  })
  show(steps[first] ? first : 0)
  /** One question again; whoever answers it comes back to the end, not through all that was passed over. */
  const askAgain = (step: HTMLElement) => {
    show(steps.indexOf(step))
    returns = true
  }
  return { current: () => at, show, askAgain, showAll: () => leaveSteps(parts) }
}

type Parts = ReturnType<typeof makeParts>

function makeParts(form: HTMLFormElement, words: StepWords) {
  const turn = document.createElement('div')
  const go = form.querySelector('.go') as HTMLElement
  const steps = [...form.querySelectorAll<HTMLElement>('.step')]
  const bar = makeProgress(steps.length)
  const parts = {
    form,
    steps,
    go,
    turn,
    bar,
    intro: form.querySelector('.intro') as HTMLElement,
    back: addButton(turn, words.back),
    next: addButton(turn, words.skip),
  }
  form.classList.add('walking')
  turn.className = 'turn'
  form.prepend(bar)
  go.before(turn)
  return parts
}

function showStep({ form, steps, go, turn, bar, intro, back, next }: Parts, at: number, words: StepWords) {
  const isLast = at === steps.length - 1
  steps.forEach((step, position) => {
    step.hidden = position !== at
  })
  bar.value = at + 1
  back.hidden = !at
  intro.hidden = at > 0
  next.hidden = isLast
  go.hidden = !isLast
  const home = isLast ? go : turn
  home.prepend(back)
  form.classList.toggle('between', at > 0 && !isLast)
  labelNext(next, steps[at] as HTMLElement, words)
}

function labelNext(next: HTMLElement, step: HTMLElement, words: StepWords) {
  const answered = isAnswered(step)
  next.textContent = answered ? words.next : words.skip
  next.className = answered ? '' : 'quiet'
}

function leaveSteps({ form, steps, go, turn, bar, intro, back }: Parts) {
  form.classList.remove('walking')
  for (const element of [...steps, go, intro]) element.hidden = false
  for (const element of [bar, turn, back]) element.remove()
}

function makeProgress(total: number): HTMLProgressElement {
  const bar = document.createElement('progress')
  bar.max = total
  // The question's legend says the same in words.
  bar.setAttribute('aria-hidden', 'true')
  return bar
}

function addButton(parent: HTMLElement, text: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = text
  parent.append(button)
  return button
}

/** Where Enter would send the whole form. */
const isAnswerField = (target: EventTarget | null) => (target as HTMLElement).tagName === 'INPUT'
const isRadio = (target: EventTarget | null) => (target as HTMLInputElement).type === 'radio'

function isAnswered(step: HTMLElement): boolean {
  return Boolean(step.querySelector('input:checked,option:not([value=""]):checked'))
}

/** Keys 1 to 5 choose a face; where digits are being typed there is none. */
function chooseByKey(step: HTMLElement, { key }: KeyboardEvent): boolean {
  if (!/^[1-5]$/.test(key)) return false
  const face = step.querySelector<HTMLInputElement>(`.faces [value="${key}"]`)
  if (!face) return false
  face.checked = true
  face.focus()
  face.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}
