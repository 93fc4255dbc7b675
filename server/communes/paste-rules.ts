import { type Commune, CommuneForm } from './contract.ts'

/** A line of a list: name, code, address, API key, ledger key, with tabs (copied from a spreadsheet) or semicolons between. */
const members = ['name', 'code', 'address', 'apiKey', 'ledgerKey'] as const

export type Pasted = { communes: CommuneForm[]; problems: { path: string; message: string }[] }

/** Every commune of a pasted list, or a sentence for each line that cannot be taken: then none is. */
export function readPasted(text: string, known: Pick<Commune, 'code' | 'address'>[]): Pasted {
  const communes: CommuneForm[] = []
  const problems: Pasted['problems'] = []
  const lines = text.split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const refuse = (message: string) => problems.push({ path: 'lines', message: `Dòng ${index + 1}: ${message}` })
    const cells = line.split(/\t|;/).map((cell) => cell.trim())
    const given = Object.fromEntries(members.map((name, at) => [name, cells[at] ?? '']))
    const read = CommuneForm.safeParse(given)
    if (cells.length > members.length) refuse('có nhiều hơn năm cột.')
    else if (!read.success) refuse(read.error.issues[0]?.message ?? '')
    else if ([...known, ...communes].some((one) => isTwin(one, read.data))) refuse('mã hoặc địa chỉ này đã có.')
    else communes.push(read.data)
  }
  if (communes.length + problems.length === 0) problems.push({ path: 'lines', message: 'Xin dán ít nhất một dòng.' })
  return { communes, problems }
}

const isTwin = (one: Pick<Commune, 'code' | 'address'>, other: Pick<Commune, 'code' | 'address'>): boolean =>
  one.code === other.code || one.address === other.address
