import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate'

/** Instead of the clock's: it goes into the file, and the same document gives the same bytes. */
const fixedTime = '2026-01-01T00:00:00Z'

/** docx writes the time into the properties and numbers drawings over all documents of the process; both are fixed here. */
export function settleBytes(file: Uint8Array): Buffer {
  const parts = unzipSync(file)
  const settled: Zippable = {}
  for (const name of Object.keys(parts).sort(byPlace)) {
    const part = parts[name] as Uint8Array
    settled[name] = /\.(xml|rels)$/.test(name) ? strToU8(settleXml(name, strFromU8(part))) : part
  }
  // Local time: the zip format has no zone, and neither may the machine's show.
  return Buffer.from(zipSync(settled, { mtime: new Date(2026, 0, 1), level: 6 }))
}

/** Readers look for the list of types first. */
function byPlace(a: string, b: string): number {
  const first = '[Content_Types].xml'
  if (a === first || b === first) return a === first ? -1 : 1
  return a < b ? -1 : 1
}

function settleXml(name: string, xml: string): string {
  if (name === 'docProps/core.xml') return xml.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, fixedTime)
  let drawings = 0
  return xml.replace(/(<wp:docPr[^>]* id=")\d+/g, (_, start: string) => `${start}${++drawings}`)
}
