/**
 * Adds the browser's calendar to every field for a day or a month. The typed field stays what it is: the calendar only
 * writes into it. Browsers whose calendar cannot be opened by a script, or that have none for months, get no button.
 */
const icon =
  '<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d="M3.500 5h13v12h-13zM3.500 8.500h13M7 3v3.500M13 3v3.500"/></svg>'

for (const box of document.querySelectorAll<HTMLElement>('[data-day-field]')) addCalendar(box)

function addCalendar(box: HTMLElement) {
  const input = box.querySelector('input')
  const kind = box.dataset.dayField === 'month' ? 'month' : 'date'
  const native = document.createElement('input')
  native.type = kind
  if (!input || native.type !== kind || typeof native.showPicker !== 'function') return
  native.className = 'day-native'
  native.tabIndex = -1
  native.setAttribute('aria-hidden', 'true')
  if (box.dataset.max) native.max = box.dataset.max
  native.addEventListener('change', () => {
    input.value = toTyped(native.value)
    for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true }))
    input.focus()
  })
  box.classList.add('has-calendar')
  box.append(native, makeButton(input, native))
}

function makeButton(input: HTMLInputElement, native: HTMLInputElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'day-button'
  button.innerHTML = icon
  const label = input.labels?.[0]?.textContent?.trim() ?? ''
  button.setAttribute('aria-label', `Mở lịch: ${label}`)
  button.addEventListener('click', () => {
    native.value = toNative(input.value)
    native.showPicker()
  })
  return button
}

/** "2026-11-28" → "28/11/2026", "2026-11" → "11/2026". */
const toTyped = (value: string): string => value.split('-').reverse().join('/')

/** Where the calendar opens; the month of today where the text is not written out in full. */
const toNative = (text: string): string =>
  /^(\d{1,2}\/)?\d{1,2}\/\d{4}$/.test(text.trim())
    ? text
        .trim()
        .split('/')
        .reverse()
        .map((part) => part.padStart(2, '0'))
        .join('-')
    : ''
