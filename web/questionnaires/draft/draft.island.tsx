/** Counts characters while somebody types, and asks before what was typed is left behind. */
for (const form of document.querySelectorAll<HTMLFormElement>('#ban-thao')) startDraft(form)

function startDraft(form: HTMLFormElement) {
  for (const box of form.querySelectorAll<HTMLTextAreaElement>('[data-most]')) addCounter(box)
  let isUnsaved = form.dataset.unsaved !== undefined
  form.addEventListener('input', () => {
    isUnsaved = true
  })
  // A preview goes into the frame: the page and what is typed stay.
  let isPreview = false
  document.addEventListener('click', ({ target }) => {
    isPreview = target instanceof Element && target.closest('[data-preview]') !== null
  })
  form.addEventListener('submit', () => {
    if (!isPreview) isUnsaved = false
  })
  window.addEventListener('beforeunload', (event) => {
    if (!isUnsaved) return
    event.preventDefault()
    event.returnValue = ''
  })
}

/** Shown from four fifths of the length on: before that it would only be noise. */
function addCounter(box: HTMLTextAreaElement) {
  const most = Number(box.dataset.most)
  const counter = document.createElement('p')
  counter.className = 'draft-counter'
  const show = () => {
    const length = box.value.normalize('NFC').trim().length
    counter.hidden = length < 0.8 * most
    counter.classList.toggle('is-over', length > most)
    counter.textContent = length > most ? `Quá ${length - most} ký tự` : `Còn ${most - length} ký tự`
  }
  box.addEventListener('input', show)
  box.after(counter)
  show()
}
