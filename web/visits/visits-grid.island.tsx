/** Enter goes to the next number, as in a spreadsheet, and from the last one to the button; a number is selected when reached. */
const form = document.querySelector<HTMLFormElement>('[data-visits-grid]')
const inputs = form ? [...form.querySelectorAll<HTMLInputElement>('input[type="text"]')] : []

for (const [index, input] of inputs.entries()) {
  input.addEventListener('focus', () => input.select())
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    const next = inputs[index + (event.shiftKey ? -1 : 1)] ?? form?.querySelector<HTMLElement>('button[type="submit"]')
    next?.focus()
  })
}

/** Leaving with numbers typed but not saved asks first. */
const typed = () => inputs.some((input) => input.value !== input.defaultValue)
let isSaving = false
form?.addEventListener('submit', () => {
  isSaving = true
})
window.addEventListener('beforeunload', (event) => {
  if (!isSaving && typed()) event.preventDefault()
})
