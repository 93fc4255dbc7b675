import type { ComponentChildren } from 'preact'
import type { Verdict, VerdictReason } from '../../server/score/contract.ts'
import { formatTarget, startSentence } from './format.ts'

export const verdictNames: Record<Verdict, string> = {
  met: 'Đạt',
  not_met: 'Chưa đạt',
  not_yet_provable: 'Chưa đủ căn cứ',
}

export type VerdictKind = Verdict | 'watched'

/** Full disc with a tick, diamond, half disc, ring: told apart in grey print too. */
const shapes: Record<VerdictKind, string> = {
  met: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.700 4.800l-4.500 5a1 1 0 0 1-1.500 0l-1.900-2 1.100-1.100 1.500 1.500 4.100-4.500z',
  not_met: 'M8 0.500L15.500 8 8 15.500 0.500 8z',
  not_yet_provable: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.600v10.800a5.400 5.400 0 0 1 0-10.800z',
  watched: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
}

type VerdictWordProps = {
  verdict: Verdict
  provisional: boolean
  reason?: VerdictReason | null | undefined
  /** The year the target is due from, where that is still to come. */
  dueFrom?: number | null | undefined
}

export function VerdictWord({ verdict, provisional, reason, dueFrom }: VerdictWordProps) {
  if (dueFrom) return <VerdictMark kind="watched" said={startSentence(watchedInWords(dueFrom))} />
  const why = reasonInWords(reason)
  return (
    <VerdictMark kind={verdict} said={why ? `${verdictNames[verdict]}: ${why}` : verdictNames[verdict]}>
      {provisional && <span> · tạm tính</span>}
    </VerdictMark>
  )
}

type VerdictMarkProps = { kind: VerdictKind; said: string; children?: ComponentChildren }

/** The sign and its words, in whatever language they are. */
export const VerdictMark = ({ kind, said, children }: VerdictMarkProps) => (
  <p class={`verdict ${kind}`}>
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path fill-rule="evenodd" d={shapes[kind]} />
    </svg>
    <b>{said}</b>
    {children}
  </p>
)

/** Said in place of a verdict before the target is due. */
export const watchedInWords = (dueFrom: number): string => `đang theo dõi, chỉ tiêu từ ${dueFrom}`

/** "chỉ tiêu ≥ 95 %", "chỉ tiêu ≥ 95 % từ 2028" */
export const targetInWords = (target: number, dueFrom: number | null | undefined): string =>
  `chỉ tiêu ≥\u00a0${formatTarget(target)}${dueFrom ? ` từ ${dueFrom}` : ''}`

/** The same where nothing else says that it is not due: "đang theo dõi, chỉ tiêu ≥ 95 % từ 2028" */
export const aimInWords = (target: number, dueFrom: number | null | undefined): string =>
  `${dueFrom ? 'đang theo dõi, ' : ''}${targetInWords(target, dueFrom)}`

const reasons: Record<VerdictReason, string | null> = {
  interval: null,
  few_days: 'dồn vào ít ngày',
  sources_differ: 'hai nguồn lệch nhau',
  unminted: 'ít phiếu từ trang của Ý Dân',
}

/** What stands behind "chưa đủ căn cứ:", the same words wherever a verdict is; null where the interval says it. */
export const reasonInWords = (reason: VerdictReason | null | undefined): string | null =>
  reason ? reasons[reason] : null
