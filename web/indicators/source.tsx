import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { channelName, formatParts, formulaName } from './words.ts'

/** Once a page, under everything: whose answers, how they came, when, by which formula and versions. */
export function PageSource({ detail }: { detail: IndicatorDetail }) {
  const { indicator, from, to, closed, formula, channels, versions, askedVersions } = detail
  const parts = [
    `${formatInteger(indicator.responses)} phiếu được tính`,
    channels.length > 0 && channelsOf(channels),
    `${formatDay(from)} – ${formatDay(to)}`,
    formulaName(formula),
    `chỉ tiêu ${indicator.code} phiên bản ${versions[0]?.version ?? 1}`,
    askedVersions.length > 0 && `bộ câu hỏi ${askedVersions.map(nameOf).join(', ')}`,
    closed.responses > 0 &&
      `bảng và hình: ${formatInteger(closed.responses)} phiếu của ${periodOf(detail)}, ${formulaName('pooled')}`,
  ]
  return <p class="source page-source">Nguồn: {parts.filter(Boolean).join(' · ')}</p>
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
