import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { channelName, formatParts, formulaName } from './words.ts'

type SourceProps = {
  detail: IndicatorDetail
  /** How many responses this drawing rests on, where it is not all of them. */
  responses?: number
  /** How it was computed, where not by the indicator's formula. */
  formula?: string
  /** Its own days, where not those of the page. */
  period?: string
}

/** What stands under every number: whose answers, how they came, when, by which formula and versions. */
export function Source({ detail, responses, formula, period }: SourceProps) {
  const { closed, channels, versions, askedVersions } = detail
  const parts = [
    `${formatInteger(responses ?? closed.responses)} phiếu được tính`,
    channels.length > 0 && channelsOf(channels),
    period || periodOf(detail),
    formula ?? formulaName('pooled'),
    `chỉ tiêu ${detail.indicator.code} phiên bản ${versions[0]?.version ?? 1}`,
    askedVersions.length > 0 && `bộ câu hỏi ${askedVersions.map(nameOf).join(', ')}`,
  ]
  return <p class="source">Nguồn: {parts.filter(Boolean).join(' · ')}</p>
}

export function periodOf({ from, closedThrough }: IndicatorDetail): string {
  if (!closedThrough) return ''
  return from === closedThrough ? `ngày ${formatDay(from)}` : `${formatDay(from)} – ${formatDay(closedThrough)}`
}

function channelsOf(channels: IndicatorDetail['channels']): string {
  const [only] = channels
  if (channels.length === 1 && only) return `tất cả ${channelName(only.key)}`
  const sorted = [...channels].sort((a, b) => b.share - a.share)
  const shares = formatParts(sorted.map(({ share }) => share))
  return sorted.map(({ key }, index) => `${shares[index]} ${channelName(key)}`).join(', ')
}

const nameOf = ({ title, version }: IndicatorDetail['askedVersions'][number]) => `“${title}” bản ${version}`
