import type { Verdict, VerdictReason } from '../../server/score/contract.ts'

export const verdictNames: Record<Verdict, string> = {
  met: 'Đạt',
  not_met: 'Chưa đạt',
  not_yet_provable: 'Chưa đủ căn cứ',
}

/** Full disc with a tick, diamond, half disc: told apart in grey print too. */
const shapes: Record<Verdict, string> = {
  met: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.700 4.800l-4.500 5a1 1 0 0 1-1.500 0l-1.900-2 1.100-1.100 1.500 1.500 4.100-4.500z',
  not_met: 'M8 0.500L15.500 8 8 15.500 0.500 8z',
  not_yet_provable: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.600v10.800a5.400 5.400 0 0 1 0-10.800z',
}

type VerdictWordProps = { verdict: Verdict; provisional: boolean; reason?: VerdictReason | null | undefined }

export function VerdictWord({ verdict, provisional, reason }: VerdictWordProps) {
  const why = reasonInWords(reason)
  return (
    <p class={`verdict ${verdict}`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path fill-rule="evenodd" d={shapes[verdict]} />
      </svg>
      <b>{why ? `${verdictNames[verdict]}: ${why}` : verdictNames[verdict]}</b>
      {provisional && <span> · tạm tính</span>}
    </p>
  )
}

const reasons: Record<VerdictReason, string | null> = {
  interval: null,
  few_days: 'dồn vào ít ngày',
  sources_differ: 'hai nguồn lệch nhau',
  unminted: 'ít phiếu từ trang của Ý Dân',
}

/** What stands behind "chưa đủ căn cứ:", the same words wherever a verdict is; null where the interval says it. */
export const reasonInWords = (reason: VerdictReason | null | undefined): string | null =>
  reason ? reasons[reason] : null
