import type { ExportColumn } from './contract.ts'

/** Bytes: what SPSS keeps of a variable's label, of a value's, and of a text. */
const longestLabel = 255
const longestValueLabel = 120
const longestText = 32_767

/** A comment has at most 1000 characters, of at most four bytes. */
const widths: Record<string, number> = { comment: 4000 }
const widthElsewhere = 500

/** The syntax that reads the CSV beside it: names, labels, values, missing values. */
export function writeSyntax(columns: ExportColumn[], dataFile: string): string {
  return `\uFEFF${[
    '* Ý Dân. UTF-8. Đặt tệp này cạnh tệp dữ liệu rồi chạy.',
    'SET UNICODE=ON.',
    'SET DECIMAL=DOT.',
    readData(columns, dataFile),
    command('VARIABLE LABELS', columns.map(labelVariable)),
    ...columns.filter(({ values }) => values.length > 0).map(labelValues),
    ...columns.filter(({ missing }) => missing.length > 0).map(declareMissing),
    'EXECUTE.',
  ].join('\r\n')}\r\n`
}

function readData(columns: ExportColumn[], dataFile: string): string {
  const variables = columns.map((column) => `    ${column.name} ${formatOf(column)}`)
  return [
    `GET DATA /TYPE=TXT /FILE=${quote(dataFile)} /ENCODING='UTF8'`,
    `  /ARRANGEMENT=DELIMITED /DELCASE=LINE /DELIMITERS="," /QUALIFIER='"' /FIRSTCASE=2`,
    '  /VARIABLES=',
    `${variables.join('\r\n')}.`,
  ].join('\r\n')
}

function formatOf({ name, kind }: ExportColumn): string {
  if (kind === 'day') return 'SDATE10'
  if (kind === 'text') return `A${Math.min(longestText, widths[name] ?? widthElsewhere)}`
  return name === 'y' || name === 'm' ? 'F20.16' : 'F8.0'
}

const labelVariable = ({ name, label }: ExportColumn): string => `${name} ${quote(cutBytes(label, longestLabel))}`

const labelValues = ({ name, kind, values }: ExportColumn): string =>
  command('VALUE LABELS', [
    name,
    ...values.map(([value, words]) => {
      const written = kind === 'text' ? quote(String(value)) : String(value)
      return `${written} ${quote(cutBytes(words, longestValueLabel))}`
    }),
  ])

const declareMissing = ({ name, missing }: ExportColumn): string =>
  command('MISSING VALUES', [`${name} (${missing.join(', ')})`])

const command = (name: string, lines: string[]): string => `${name}\r\n  ${lines.join('\r\n  ')}.`

const quote = (text: string): string => `'${text.replace(/\s+/g, ' ').replaceAll("'", "''")}'`

/** Cut between characters, so that no half of one is left. */
function cutBytes(text: string, most: number): string {
  const characters = [...text]
  while (Buffer.byteLength(characters.join('')) > most) characters.pop()
  return characters.join('')
}
