import type { IndicatorView } from '../../../server/indicators/contract.ts'
import type { Belief, Verdict, VerdictReason } from '../../../server/score/contract.ts'
import { links } from '../../links.ts'
import { formatInteger, formatInterval, formatPercent } from '../../ui/format.ts'
import { reasonInWords, verdictNames } from '../../ui/verdict-word.tsx'

type Judged = {
  verdict: Verdict
  reason?: VerdictReason | null | undefined
  target: number
  /** The year the target is due from, where that is still to come: nothing is judged then, with or without what waits. */
  dueFrom?: number | null | undefined
}

/** How much waits: the words every reader of Vietnamese meets, staff and public alike. */
export const waitingInWords = (patterns: string, responses: string): string =>
  `Đang có dấu hiệu chờ xem xét: ${patterns} nhóm, ${responses} phiếu`

/** What the verdict would be without what waits; null where it would be the same, or none is given yet. */
export function turningInWords({ pending }: Pick<Belief, 'pending'>, { verdict, target, dueFrom }: Judged) {
  if (!pending || dueFrom || pending.without.verdict === verdict) return null
  const { score, lower, upper, verdict: other, reason } = pending.without
  const why = reasonInWords(reason)
  const named = `“${verdictNames[other].toLowerCase()}${why ? `: ${why}` : ''}”`
  const figures =
    score === null || lower === null || upper === null
      ? ''
      : ` (${formatPercent(score, target)}, khoảng tin cậy ${formatInterval(lower, upper, target)})`
  return `Nếu để riêng các phiếu ấy, kết luận sẽ là ${named}${figures}`
}

/** Both, each a sentence without its full stop; empty where nothing waits. */
export function pendingNotes({ belief, ...judged }: { belief: Belief } & Judged): string[] {
  const { pending } = belief
  if (!pending) return []
  const waiting = `${waitingInWords(formatInteger(pending.patterns), formatInteger(pending.responses))}, hiện vẫn được tính`
  return [waiting, turningInWords(belief, judged)].filter((words) => words !== null)
}

type Waiting = Pick<IndicatorView, 'belief' | 'verdict' | 'target' | 'dueFrom'>

/** For a line of a table. */
export function waitingInShort(view: Waiting) {
  const [waiting] = pendingNotes(view)
  const turns = turningInWords(view.belief, view) !== null
  return waiting ? `${waiting.split(',', 2).join(',').toLowerCase()}${turns ? '; có thể đổi kết luận' : ''}` : null
}

/** Stands beside a verdict until what waits is decided. */
export function PendingNote({ indicator }: { indicator: Waiting }) {
  const [waiting, turning] = pendingNotes(indicator)
  if (!waiting) return null
  return (
    <p class="pending-note">
      <a href={links.review()}>{waiting}</a>.{turning && ` ${turning}.`}
    </p>
  )
}
