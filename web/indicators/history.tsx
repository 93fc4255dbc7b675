import type { Definition } from '../../server/catalogue/contract.ts'
import type { IndicatorVersion } from '../../server/indicators/detail/contract.ts'
import { formatTarget } from '../ui/format.ts'
import { formatDayOf } from '../ui/moment.ts'
import { channelName, formatShare, formulaName, modeName } from './words.ts'

type HistoryProps = { versions: IndicatorVersion[]; fieldNames: Record<string, string> }

/** The versions of a definition, newest first, each with its reason. */
export function IndicatorHistory({ versions, fieldNames }: HistoryProps) {
  return (
    <ol class="history">
      {versions.map((one, index) => (
        <li key={one.version}>
          <p>
            <b>Phiên bản {one.version}</b>
            {index === 0 && ' (đang dùng)'}
            <small>
              {one.changedBy === 'reference' ? 'từ đầu' : `từ ${formatDayOf(one.changedAt)}, ${one.changedBy} sửa`}
            </small>
          </p>
          <p>{one.reason}</p>
          <p class="history-definition">
            {one.title}: chỉ tiêu ≥ {formatTarget(one.target)}, kỳ {one.period};{' '}
            {definitionInWords(one.definition, fieldNames)}
          </p>
        </li>
      ))}
    </ol>
  )
}

const sectorWords: Record<string, string> = {
  administrative: 'phiếu hành chính',
  health: 'phiếu y tế',
  education: 'phiếu giáo dục',
}

/** Which responses count, and how they are put together. */
export function definitionInWords(definition: Definition, fieldNames: Record<string, string>): string {
  const { sector, questionnaire, fields, serviceModes, channels, formula, spread } = definition
  const parts = [
    questionnaire === 'household' ? 'phiếu khảo sát hộ gia đình' : (sectorWords[sector ?? ''] ?? 'mọi phiếu'),
    fields && `lĩnh vực ${fields.map((code) => fieldNames[code] ?? code).join(', ')}`,
    serviceModes && `hình thức ${serviceModes.map(modeName).join(', ').toLowerCase()}`,
    channels ? `chỉ ${channels.map(channelName).join(', ')}` : 'mọi cách trả lời',
    formulaName(formula),
    spread &&
      `kết luận cần phiếu của ít nhất ${spread.days} ngày, không ngày nào quá ${formatShare(spread.largestShare)}`,
  ]
  return parts.filter(Boolean).join(', ')
}
