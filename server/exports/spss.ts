import type { ExportColumn } from './contract.ts'

/** Bytes: what SPSS keeps of a variable's label, of a value's, and of a text. */
const longestLabel = 255
const longestValueLabel = 120
const longestText = 32_767

/** A comment has at most 1000 characters, of at most four bytes, and an apostrophe against formulas. */
const widths: Record<string, number> = { comment: 4008 }
const widthElsewhere = 500

/** The syntax that reads the CSV beside it: names, labels, values, missing values. */
export function writeSyntax(columns: ExportColumn[], dataFile: string): string {
  return `\uFEFF${[
    '* Ý Dân. UTF-8. Đặt tệp này cạnh tệp dữ liệu rồi chạy.',
    'SET DECIMAL=DOT.',
    readData(columns, dataFile),
    command('VARIABLE LABELS', columns.map(labelVariable).join('\r\n  /')),
    ...columns.filter(({ values }) => values.length > 0).map(labelValues),
    ...columns.filter(({ missing }) => missing.length > 0).map(declareMissing),
    'EXECUTE.',
  ].join('\r\n')}\r\n`
}

function readData(columns: ExportColumn[], dataFile: string): string {
  const variables = columns.map(
    (column) => `${startsComment(column) ? ' ' : '\r\n    '}${column.name} ${formatOf(column)}`,
  )
  return [
    `GET DATA /TYPE=TXT /FILE=${quote(dataFile)} /ENCODING='UTF8'`,
    `  /ARRANGEMENT=DELIMITED /DELCASE=LINE /DELIMITERS="," /QUALIFIER='"' /FIRSTCASE=2`,
    `  /VARIABLES=${variables.join('')}.`,
  ].join('\r\n')
}

/** A line that begins with this word is a remark to PSPP, even within a command. */
const startsComment = ({ name }: ExportColumn): boolean => name === 'comment'

function formatOf({ name, kind }: ExportColumn): string {
  if (kind === 'day') return 'SDATE10'
  if (kind === 'text') return `A${Math.min(longestText, widths[name] ?? widthElsewhere)}`
  return name === 'y' || name === 'm' ? 'F20.16' : 'F8.0'
}

const labelVariable = ({ name, label }: ExportColumn): string => `${name} ${quote(cutBytes(label, longestLabel))}`

const labelValues = ({ name, kind, values }: ExportColumn): string =>
  command(
    `VALUE LABELS ${name}`,
    values
      .map(([value, words]) => {
        const written = kind === 'text' ? quote(String(value)) : String(value)
        return `${written} ${quote(cutBytes(words, longestValueLabel))}`
      })
      .join('\r\n  '),
  )

const declareMissing = ({ name, missing }: ExportColumn): string => `MISSING VALUES ${name} (${missing.join(', ')}).`

const command = (name: string, parts: string): string => `${name}\r\n  ${parts}.`

/** SPSS takes 256 bytes of a line: a longer text goes on on the next. */
const quote = (text: string): string =>
  piecesOf(text.replace(/[\s\p{Cc}]+/gu, ' '))
    .map((piece) => `'${piece.replaceAll("'", "''")}'`)
    .join(' +\r\n    ')

const longestPiece = 90

function piecesOf(text: string): string[] {
  const first = cutBytes(text, longestPiece)
  return first.length === text.length ? [text] : [first, ...piecesOf(text.slice(first.length))]
}

/** Cut between characters, so that no half of one is left. */
function cutBytes(text: string, most: number): string {
  let [kept, bytes] = ['', 0]
  for (const character of text.toWellFormed()) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    kept += character
  }
  return kept
}
