/** Excel allows no more. */
const longest = 31

/** Names of sheets from captions: what Excel forbids left out, cut at a word, and none twice, whatever their case. */
export function nameSheets(captions: string[]): string[] {
  const taken = new Set<string>()
  return captions.map((caption) => {
    const name = cleanName(caption)
    for (let number = 1; ; number++) {
      const suffix = number === 1 ? '' : ` (${number})`
      const candidate = cutName(name, longest - suffix.length) + suffix
      if (taken.has(candidate.toLowerCase())) continue
      taken.add(candidate.toLowerCase())
      return candidate
    }
  })
}

function cleanName(caption: string): string {
  const name = caption
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[' .]+|[' .]+$/g, '')
  // Excel keeps this name for itself.
  return name === '' || name.toLowerCase() === 'history' ? 'Bảng' : name
}

function cutName(name: string, most: number): string {
  if (name.length <= most) return name
  const whole = name.slice(0, most + 1).lastIndexOf(' ')
  const cut = name.slice(0, whole > most / 2 ? whole : most)
  return cut.toWellFormed().replace(/[' .,;\ufffd]+$/, '')
}
