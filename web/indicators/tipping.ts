import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import { formatPercent } from '../ui/format.ts'

type Tipping = NonNullable<IndicatorDetail['tippingPoint']>

/** What those who did not answer would have to think for the comparison with the target to turn. */
export function tippingInWords({ point, meaning }: Tipping, score: number, target: number): string {
  if (meaning === 'cannot_be_missed')
    return 'Dù tất cả những người không trả lời đều chưa hài lòng, điểm chung vẫn đạt chỉ tiêu'
  if (meaning === 'cannot_be_reached')
    return 'Dù tất cả những người không trả lời đều hài lòng, điểm chung vẫn chưa đạt chỉ tiêu'
  return score >= target
    ? `Nếu những người không trả lời chỉ hài lòng dưới ${formatPercent(point)} thì chỉ tiêu không đạt`
    : `Chỉ khi những người không trả lời hài lòng từ ${formatPercent(point)} trở lên thì chỉ tiêu mới đạt`
}
