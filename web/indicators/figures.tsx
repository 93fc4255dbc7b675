import type { ComponentChildren } from 'preact'
import type { IndicatorDetail, Part } from '../../server/indicators/detail/contract.ts'
import { formatInteger, formatInterval, formatPercent } from '../ui/format.ts'
import { formatMean } from './parts.tsx'
import { channelName, formatParts, formatShare, modeName, respondentName } from './words.ts'

/** Figures that ministries ask for beside the index, and how well the number covers those it speaks for. */
export function Figures({ detail }: { detail: IndicatorDetail }) {
  return (
    <section class="card" aria-labelledby="cac-con-so">
      <h2 id="cac-con-so" class="card-title">
        Các con số đi kèm
      </h2>
      <dl class="figures-list">
        {figuresOf(detail).map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              <small>{note}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type Figure = { name: string; value: string; note: ComponentChildren }

function figuresOf(detail: IndicatorDetail): Figure[] {
  const { mean, whollySatisfied, expectation, overall, medianSeconds } = detail
  const people = (count: number) => `${formatInteger(count)} người trả lời câu này`
  return [
    {
      name: 'Điểm trung bình',
      value: mean === null ? '–' : `${formatMean(mean)}/5`,
      note: 'mọi tiêu chí, mỗi tiêu chí nặng như nhau',
    },
    {
      name: 'Hài lòng chung',
      value: overall ? `${formatMean(overall.mean)}/5` : '–',
      note: overall ? people(overall.responses) : 'chưa ai trả lời câu này',
    },
    {
      name: 'Đáp ứng mong đợi',
      value: expectation ? formatPercent(expectation.mean) : '–',
      note: expectation ? people(expectation.responses) : 'chưa ai trả lời câu này',
    },
    {
      name: 'Hài lòng toàn diện',
      value: whollySatisfied?.score == null ? '–' : formatPercent(whollySatisfied.score),
      note:
        whollySatisfied?.lower == null || whollySatisfied.upper == null
          ? 'chỉ tính được trên phiếu hỏi đủ mọi tiêu chí (phiếu giấy, phỏng vấn); kỳ này chưa có'
          : `mọi câu đều từ mức 4; khoảng tin cậy ${formatInterval(whollySatisfied.lower, whollySatisfied.upper)}, ` +
            `${formatInteger(whollySatisfied.responses)} người được hỏi đủ`,
    },
    {
      name: 'Thời gian trả lời',
      value: medianSeconds ? timeInWords(medianSeconds) : '–',
      note: 'trung vị: một nửa số người trả lời nhanh hơn',
    },
  ]
}

function timeInWords({ seconds, open }: { seconds: number; open: boolean }): string {
  const whole = Math.round(seconds)
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60]
  const words = minutes === 0 ? `${rest}\u00a0giây` : `${minutes}\u00a0phút${rest ? ` ${rest}\u00a0giây` : ''}`
  return open ? `trên ${words}` : words
}

/** Who could have answered and who was not heard; and the other formula, beside and never instead. */
export function Coverage({ detail }: { detail: IndicatorDetail }) {
  const { denominator, other, indicator } = detail
  return (
    <section class="card padded" aria-labelledby="do-phu">
      <h2 id="do-phu">Phiếu này nói thay cho bao nhiêu người</h2>
      <ul class="sentences">
        {denominator ? <DenominatorWords denominator={denominator} /> : <li>{whyNoDenominator(detail)}</li>}
        {other?.score.score != null && other.score.lower !== null && other.score.upper !== null && (
          <li>
            <b>{other.formula === 'stratified' ? 'Tính theo lượt phục vụ' : 'Tính gộp'}</b> thì được{' '}
            {formatPercent(other.score.score, indicator.target)}, khoảng tin cậy{' '}
            {formatInterval(other.score.lower, other.score.upper, indicator.target)},{' '}
            {formatInteger(other.score.responses)} phiếu
            {other.covered !== null && `, các nơi có phiếu chiếm ${formatShare(other.covered)} số lượt`}. Con số này để
            đối chiếu; kết luận dùng công thức của chỉ tiêu.
          </li>
        )}
      </ul>
      <dl class="composition">
        <Composition detail={detail} />
      </dl>
    </section>
  )
}

const DenominatorWords = ({ denominator }: { denominator: NonNullable<IndicatorDetail['denominator']> }) => (
  <>
    <li>
      <b>Tỷ lệ trả lời {formatPercent(100 * denominator.responseRate)}</b> trên {formatInteger(denominator.visits)} lượt
      (hoặc học sinh) đã được ghi
      {denominator.covered < 0.995 && `; số lượt mới ghi được ${formatShare(denominator.covered)} thời gian`}.
      {denominator.responseRate > 1 && ' Số phiếu nhiều hơn số lượt là dấu hiệu số liệu sai: xin kiểm tra số lượt.'}
    </li>
    {denominator.silent.length > 0 && (
      <li>
        <b>Có lượt mà chưa có phiếu nào:</b> {denominator.silent.join(', ')}. Người ở đó chưa có tiếng nói trong con số
        này.
      </li>
    )}
    {denominator.missing.length > 0 && (
      <li>
        <b>Chưa ghi số lượt:</b> {denominator.missing.join(', ')}.
      </li>
    )}
  </>
)

function whyNoDenominator({ definition }: IndicatorDetail): string {
  if (definition.questionnaire === 'household')
    return 'Độ phủ của đợt khảo sát hộ gia đình nằm trong kế hoạch mẫu của đợt đó.'
  if (definition.serviceModes || definition.channels)
    return 'Số lượt không được đếm riêng cho phần phiếu này, nên chưa biết tỷ lệ trả lời.'
  return 'Chưa ghi số lượt phục vụ của thời gian này, nên chưa biết tỷ lệ trả lời.'
}

/** Who the sample is made of, each in one line. */
function Composition({ detail }: { detail: IndicatorDetail }) {
  const lines: [string, Part[], (key: string) => string][] = [
    ['Cách trả lời', detail.channels, channelName],
    ['Hình thức', detail.serviceModes, modeName],
    ['Người trả lời', detail.respondents, respondentName],
    ['Bộ câu hỏi', detail.questionnaires, (key) => `“${key}”`],
  ]
  return (
    <>
      {lines.map(([name, parts, nameOf]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{sharesInWords(parts, nameOf)}</dd>
        </div>
      ))}
    </>
  )
}

function sharesInWords(parts: Part[], nameOf: (key: string) => string): string {
  const sorted = [...parts].sort((a, b) => b.share - a.share)
  const shares = formatParts(sorted.map(({ share }) => share))
  return sorted.map(({ key }, index) => `${shares[index]} ${lower(nameOf(key))}`).join(', ')
}

const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** The words of a comparison: a direction only where it can be proven. */
export const changeWords = {
  before: { rise: 'tăng rõ', fall: 'giảm rõ', not_provable: 'chưa thể nói là tăng hay giảm' },
  between: { rise: 'cao hơn thật', fall: 'thấp hơn thật', not_provable: 'chưa thể nói là khác' },
} as const

/** "−1,2 điểm phần trăm" with its interval. */
export function differenceInWords({ difference, lower, upper }: { difference: number; lower: number; upper: number }) {
  return `${signed(difference)} điểm phần trăm (khoảng ${signed(lower)} đến ${signed(upper)})`
}

function signed(points: number): string {
  const text = Math.abs(points).toFixed(1).replace('.', ',')
  return text === '0,0' ? text : `${points < 0 ? '−' : '+'}${text}`
}
