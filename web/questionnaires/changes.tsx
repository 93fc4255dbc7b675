import type { ChangeCounts } from '../../server/questionnaires/draft/contract.ts'
import { formatInteger } from '../ui/format.ts'

const words: Record<keyof ChangeCounts, string> = {
  reworded: 'tiêu chí sửa lời hỏi',
  added: 'tiêu chí thêm vào',
  removed: 'tiêu chí bỏ đi',
  moved: 'tiêu chí chuyển chỗ',
  renumbered: 'tiêu chí đổi số của bộ, ngành',
  asking: 'tiêu chí đổi cách hỏi',
  factors: 'nhóm thay đổi',
  extra: 'câu hỏi thêm thay đổi',
  names: 'chỗ sửa ở tên, căn cứ',
}

/** How many differences of each kind, so that nobody publishes more than they meant to. */
export function ChangeSummary({ changes, than }: { changes: ChangeCounts; than: number }) {
  const kinds = (Object.keys(words) as (keyof ChangeCounts)[]).filter((kind) => changes[kind] > 0)
  if (kinds.length === 0) return <p class="change-summary">Chưa khác gì phiên bản {than}.</p>
  return (
    <div class="change-summary">
      <p>Khác phiên bản {than}:</p>
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>
            <b>{formatInteger(changes[kind])}</b> {words[kind]}
          </li>
        ))}
      </ul>
    </div>
  )
}
