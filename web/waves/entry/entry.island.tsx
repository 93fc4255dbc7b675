/** One hand on the number pad: a digit fills the box and goes on, so a form of 33 criteria is 35 keys. */
for (const form of document.querySelectorAll<HTMLFormElement>('[data-entry]')) startEntry(form)

type Box = HTMLInputElement | HTMLSelectElement | HTMLButtonElement

function startEntry(form: HTMLFormElement) {
  const boxes = [...form.querySelectorAll<Box>('[data-mark], [data-next]')]
  const comment = form.querySelector<HTMLTextAreaElement>('[data-comment]')
  const status = form.querySelector<HTMLElement>('[data-status]')
  for (const help of form.querySelectorAll<HTMLElement>('[data-keys]')) help.hidden = false
  const go = (from: Box, step: number) => focusBox(boxes[boxes.indexOf(from) + step])
  const say = (words: string) => {
    if (status) status.textContent = words
  }

  form.addEventListener('keydown', (event) => {
    const box = event.target as Box
    if (event.ctrlKey || event.altKey || event.metaKey || !boxes.includes(box)) return
    if (event.key === '+' && comment) return take(event, () => comment.focus())
    if (box.dataset.mark !== undefined) return pressInMark(event, box as HTMLInputElement, go, say)
    if (box instanceof HTMLSelectElement) return pressInSelect(event, box, go)
    if (event.key === 'Enter' && box instanceof HTMLInputElement) take(event, () => go(box, 1))
    if (event.key === 'Backspace' && box instanceof HTMLButtonElement) take(event, () => go(box, -1))
  })
  guardSending(form)
  const wrong = form.querySelector<HTMLInputElement>('.is-wrong [data-mark]')
  focusBox(wrong ?? boxes[0])
}

type Go = (from: Box, step: number) => void

function pressInMark(event: KeyboardEvent, box: HTMLInputElement, go: Go, say: (words: string) => void) {
  const lowest = Number(box.dataset.mark)
  const fill = (mark: string) =>
    take(event, () => {
      box.value = mark
      say('')
      go(box, 1)
    })
  if (/^\d$/.test(event.key)) {
    if (Number(event.key) >= lowest && Number(event.key) <= 5) return fill(event.key)
    return take(event, () => say(`Chỉ nhận số từ ${lowest} đến 5`))
  }
  if (event.key === '-') return fill('-')
  // Enter on a filled box goes on without losing it; on an empty one it says that nothing was ticked.
  if (event.key === 'Enter') return fill(box.value || '-')
  if (event.key === 'Backspace') return take(event, () => stepBack(box, go))
  if (event.key === 'ArrowUp') return take(event, () => go(box, -1))
  if (event.key === 'ArrowDown') return take(event, () => go(box, 1))
  if (event.key.length === 1) take(event, () => say(`Chỉ nhận số từ ${lowest} đến 5`))
}

/** A filled box is emptied first; from an empty one it goes to the box before. */
function stepBack(box: HTMLInputElement, go: Go) {
  if (box.value) box.value = ''
  else go(box, -1)
}

function pressInSelect(event: KeyboardEvent, box: HTMLSelectElement, go: Go) {
  const choose = (index: number) =>
    take(event, () => {
      box.selectedIndex = index
      go(box, 1)
    })
  const digit = Number(event.key)
  // With ten choices or more one digit does not name one: the browser's own search by typing does.
  if (/^[1-9]$/.test(event.key) && box.options.length <= 10 && digit < box.options.length) return choose(digit)
  if (event.key === '-') return choose(0)
  if (event.key === 'Enter') return take(event, () => go(box, 1))
  if (event.key === 'Backspace') take(event, () => go(box, -1))
}

function take(event: Event, act: () => void) {
  event.preventDefault()
  act()
}

function focusBox(box: Box | undefined) {
  if (!box) return
  box.focus()
  if (box instanceof HTMLInputElement) box.select()
}

/** A second Enter while the first is on its way is not a second form; a page come back to can be sent again. */
function guardSending(form: HTMLFormElement) {
  let sending = false
  form.addEventListener('submit', (event) => {
    if (sending) event.preventDefault()
    sending = true
  })
  addEventListener('pageshow', () => {
    sending = false
  })
}
