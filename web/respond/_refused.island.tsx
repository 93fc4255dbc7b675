import { dropEntry, type Entry } from './_store.island.tsx'

/** From a tablet that many people use: the next one must not read what the last one wrote. */
export const isShared = (body: string): boolean => /(^|&)channel=kiosk(&|$)/.test(body)

/**
 * A form that waited and can never be stored: why, and the words that were written, to be read and copied. It stays on
 * the device until the person has said to have seen it.
 */
export async function showRefused(line: HTMLElement, entry: Entry, why: string, seen: string) {
  const part = document.createElement('span')
  part.textContent = why
  line.append(part)
  if (isShared(entry.body)) return dropEntry(entry.id)
  const comment = new URLSearchParams(entry.body).get('comment')
  if (comment) part.append(addWords(comment))
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = seen
  button.onclick = async () => {
    await dropEntry(entry.id)
    part.remove()
  }
  part.append(button)
}

function addWords(text: string): HTMLElement {
  const words = document.createElement('q')
  words.textContent = text
  return words
}
