/** Adds copying to every address, and the number of picked places to the print button. */
for (const box of document.querySelectorAll<HTMLElement>('[data-copyable]')) addCopyButton(box)

const count = document.querySelector<HTMLElement>('[data-picked-count]')
if (count) {
  document.addEventListener('change', () => showPicked(count))
  showPicked(count)
}

function addCopyButton(box: HTMLElement) {
  const input = box.querySelector('input')
  if (!input) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button small quiet'
  button.textContent = 'Sao chép'
  button.setAttribute('aria-label', `Sao chép ${input.getAttribute('aria-label')}`)
  button.addEventListener('click', async () => {
    const copied = await copy(input)
    button.textContent = copied ? 'Đã chép' : 'Nhấn Ctrl+C'
    button.setAttribute('aria-label', copied ? 'Đã chép' : 'Đã chọn sẵn, nhấn Ctrl+C để chép')
  })
  box.append(button)
}

/** The clipboard interface exists only on HTTPS; a commune's own network often has plain HTTP. */
async function copy(input: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(input.value)
    return true
  } catch {
    input.select()
    return document.execCommand('copy')
  }
}

function showPicked(count: HTMLElement) {
  const picked = document.querySelectorAll('input[name="ma"]:checked').length
  count.textContent = picked > 0 ? ` (${picked})` : ''
}
