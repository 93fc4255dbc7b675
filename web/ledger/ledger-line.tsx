import type { LedgerLine } from '../../server/ledger/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { halfWords } from './line-page.tsx'

/** Under a receipt: its line in the ledger, or since when it waits. */
export function LedgerNote({ code, receipt, line }: { code: string; receipt: string; line: LedgerLine }) {
  if (line.state === 'in') {
    return (
      <p>
        Phiếu này là dòng {formatInteger(line.line)} trong <a href={links.ledger}>sổ cái</a>.{' '}
        <a href={links.receiptLine(code, receipt)}>Kiểm tra</a>
      </p>
    )
  }
  const since = line.day && line.half ? ` từ ${halfWords[line.half]} ngày ${formatDay(line.day)}` : ''
  if (line.state === 'waiting')
    return (
      <p class="soft">
        Phiếu đang chờ ghi vào <a href={links.ledger}>sổ cái</a>
        {since}, thường trong một phút.
      </p>
    )
  return (
    <p class="soft">
      Phiếu đã ghi vào <a href={links.ledger}>sổ cái</a>. Số dòng hiện ra khi hết buổi, để không ai đoán được giờ gửi.
    </p>
  )
}
