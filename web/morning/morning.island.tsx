/** A button that copies the text; the browser's own copying stays for where there is no script. */
const copyCard = document.querySelector<HTMLElement>('[data-morning-copy]')
const copyText = copyCard?.querySelector('textarea')
if (copyCard && copyText) copyCard.append(makeCopyButton(copyText))

function makeCopyButton(from: HTMLTextAreaElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button'
  button.textContent = 'Sao chép'
  button.addEventListener('click', async () => {
    button.textContent = (await copyFrom(from)) ? 'Đã chép' : 'Đã chọn sẵn, xin nhấn giữ để chép'
  })
  return button
}

/** The clipboard interface exists only on HTTPS; a commune's own network often has plain HTTP. */
async function copyFrom(from: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(from.value)
    return true
  } catch {
    from.select()
    return document.execCommand('copy')
  }
}
