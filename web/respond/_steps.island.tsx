export type StepWords = { back: string; skip: string; next: string }

/** A tap is answered after this, so that the choice is seen first and a double tap stays on one question. */
const advanceMs = 350

/** One question at a time. Returns what leads to the first one, and what shows the whole form again. */
export function startSteps(form: HTMLFormElement, words: StepWords) {
  const steps = [...form.querySelectorAll<HTMLElement>('.step')]
  const go = form.querySelector('.go') as HTMLElement
  const intro = form.querySelector('.intro') as HTMLElement
  const bar = makeProgress(steps.length)
  const turn = document.createElement('div')
  const back = addButton(turn, words.back)
  const next = addButton(turn, words.skip)
  let at = 0
  let timer: ReturnType<typeof setTimeout>

  const current = () => steps[at] as HTMLElement
  const isLast = () => at === steps.length - 1
  const label = () => {
    const answered = isAnswered(current())
    next.textContent = answered ? words.next : words.skip
    next.className = answered ? '' : 'quiet'
  }
  const show = (index: number) => {
    clearTimeout(timer)
    at = index
    steps.forEach((step, position) => {
      step.hidden = position !== at
    })
    bar.value = at + 1
    back.hidden = !at
    // On the last step it stands beside the button that sends.
    ;(isLast() ? go : turn).prepend(back)
    form.classList.toggle('between', at > 0 && !isLast())
    intro.hidden = at > 0
    next.hidden = isLast()
    go.hidden = !isLast()
    label()
  }
  const move = (by: number) => {
    show(at + by)
    current().querySelector<HTMLElement>('[tabindex]')?.focus({ preventScroll: true })
    bar.scrollIntoView()
  }
  const advance = () => {
    clearTimeout(timer)
    timer = setTimeout(() => isLast() || move(1), advanceMs)
  }
  const showAll = () => {
    clearTimeout(timer)
    form.classList.remove('walking')
    for (const element of [...steps, go, intro]) element.hidden = false
    bar.remove()
    turn.remove()
    back.remove()
  }

  back.onclick = () => move(-1)
  next.onclick = () => move(1)
  form.addEventListener('change', label)
  form.addEventListener('input', label)
  form.addEventListener('click', (event) => {
    // Arrow keys also click, with detail 0: whoever uses them goes on by Enter or by the button.
    if (turn.isConnected && isRadio(event.target) && event.detail) advance()
  })
  document.addEventListener('keydown', (event) => {
    if (!turn.isConnected || form.hidden || isLast() || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter' && isAnswerField(event.target)) {
      event.preventDefault()
      move(1)
    } else if (chooseByKey(current(), event)) advance()
  })

  form.classList.add('walking')
  turn.className = 'turn'
  form.prepend(bar)
  go.before(turn)
  show(0)
  return { restart: () => show(0), showAll }
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
  const number = step.querySelector<HTMLInputElement>('[type=number]')
  return Boolean(step.querySelector(':checked') || number?.value)
}

/** Keys 1 to 5 choose a face, except where digits are being typed. */
function chooseByKey(step: HTMLElement, { key, target }: KeyboardEvent): boolean {
  if ((target as HTMLInputElement).type === 'number' || !/^[1-5]$/.test(key)) return false
  const face = step.querySelector<HTMLInputElement>(`.faces [value="${key}"]`)
  if (!face) return false
  face.checked = true
  face.focus()
  face.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}
