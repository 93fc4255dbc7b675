import type { Language } from '../../server/catalogue/contract.ts'
import type { LedgerLine } from '../../server/ledger/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { ledgerWordsIn } from './messages.ts'

export type LedgerNoteProps = { code: string; receipt: string; line: LedgerLine; language: Language }

/** Under a receipt: its line in the ledger, or since when it waits. */
export function LedgerNote({ code, receipt, line, language }: LedgerNoteProps) {
  const words = ledgerWordsIn(language)
  return (
    <>
      <p class="soft">
        {describe(line, language)}{' '}
        <a class="alone" href={links.ledger}>
          {words.what}
        </a>
      </p>
      {line.state === 'in' && (
        <a class="button quiet" href={links.receiptLine(code, receipt)}>
          {words.check}
        </a>
      )}
    </>
  )
}

function describe(line: LedgerLine, language: Language): string {
  const words = ledgerWordsIn(language)
  if (line.state === 'in') return words.in(formatInteger(line.line))
  if (line.state === 'held') return words.held
  const { day, half } = line
  return words.waiting(day && half ? words.since(words.halves[half], formatDay(day)) : '')
}
