import type { MethodIndicator } from '../../../server/indicators/method/contract.ts'
import { formatDay, formatTarget } from '../../ui/format.ts'
import { definitionInWords } from '../history.tsx'
import { spellOut } from '../words.ts'

/** The plan's indicators: which responses each takes, what it must reach, and how its definition came to be. */
export const MethodIndicators = ({ indicators }: { indicators: MethodIndicator[] }) => (
  <section aria-labelledby="chi-tieu">
    <h2 id="chi-tieu">Các chỉ tiêu và định nghĩa</h2>
    {indicators.length === 0 && <p>Chưa có chỉ tiêu nào được đặt ra.</p>}
    <ol class="method-indicators">
      {indicators.map((indicator) => (
        <OneIndicator key={indicator.code} indicator={indicator} />
      ))}
    </ol>
  </section>
)

function OneIndicator({ indicator }: { indicator: MethodIndicator }) {
  const { code, title, target, period, ownerName, definition, fieldNames, versions } = indicator
  const names = Object.fromEntries((definition.fields ?? []).map((field, index) => [field, fieldNames[index] ?? field]))
  return (
    <li>
      <h3>
        <span>{code}</span> {spellOut(title)}
      </h3>
      <p>
        Chỉ tiêu ≥ {formatTarget(target)}, kỳ {period}. {ownerName} chủ trì. Lấy {definitionInWords(definition, names)}.
      </p>
      <ul class="method-history">
        {versions.map((one) => (
          <li key={one.version}>
            <b>Phiên bản {one.version}</b> ({one.version === 1 ? 'từ đầu' : `từ ${formatDay(one.from)}`}), chỉ tiêu ≥
            {'\u00a0'}
            {formatTarget(one.target)}. {one.reason}
          </li>
        ))}
      </ul>
    </li>
  )
}
