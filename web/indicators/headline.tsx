import type { ComponentChildren } from 'preact'
import type { IndicatorDetail } from '../../server/indicators/detail/contract.ts'
import { links } from '../links.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import { chooseScale } from '../ui/charts/scale.ts'
import { formatInteger, formatInterval, formatPercent, formatScore, formatTarget } from '../ui/format.ts'
import { VerdictWord } from '../ui/verdict-word.tsx'
import { PendingNote } from './pending/note.tsx'
import { beliefNotes } from './provenance-words.ts'
import { tippingInWords } from './tipping.ts'
import { missingInWords, pointInWords } from './words.ts'

/** The number, how sure it is, what it is compared with, and what would change the verdict. */
export function Headline({ detail }: { detail: IndicatorDetail }) {
  const { indicator } = detail
  const { score, lower, upper, target } = indicator
  if (score === null || lower === null || upper === null) return null
  const scale = chooseScale([indicator], [target])
  return (
    <section class="card headline" aria-label="Kết quả">
      <div class="headline-main">
        <div class="headline-number">
          <p class="headline-score">
            {formatScore(score, target)}
            <small>{'\u00a0%'}</small>
          </p>
          <VerdictWord {...indicator} />
        </div>
        <div class="headline-drawing">
          <IntervalAxis scale={scale} />
          <IntervalBar
            score={indicator}
            target={target}
            scale={scale}
            size="hero"
            watched={indicator.dueFrom !== null}
          />
          <p class="headline-note">
            khoảng tin cậy 95&nbsp;%: {formatInterval(lower, upper, target)} · chỉ tiêu ≥ {formatTarget(target)} ·{' '}
            {formatInteger(indicator.responses)} phiếu
          </p>
        </div>
      </div>
      <PendingNote indicator={indicator} />
      <ul class="headline-facts">
        <Facts detail={detail} />
      </ul>
    </section>
  )
}

function Facts({ detail }: { detail: IndicatorDetail }) {
  const { indicator, tippingPoint, denominator } = detail
  const [point, missing] = [pointInWords(indicator), missingInWords(indicator.missing)]
  const facts: [string, ComponentChildren][] = [
    ['So điểm với chỉ tiêu', point],
    ['Để kết luận được', missing],
    ['Người không trả lời', tippingPoint && tippingInWords(tippingPoint, indicator.score ?? 0, indicator.target)],
    ['Nguồn phiếu', beliefNotes(indicator).join('. ')],
    [
      'Tỷ lệ trả lời',
      denominator &&
        `${formatPercent(100 * denominator.responseRate)} trong ${formatInteger(denominator.visits)} lượt được đếm`,
    ],
    [
      'Để riêng',
      indicator.setAside > 0 ? (
        <>
          <a href={links.review({ tu: detail.from, den: detail.to })}>{formatInteger(indicator.setAside)} phiếu</a> được
          giữ lại nhưng không tính vào điểm (trùng máy, gửi quá nhanh, quá nhiều trong một giờ)
        </>
      ) : null,
    ],
    ['Tạm tính', indicator.provisional && indicator.dueFrom === null ? 'Kỳ chưa khép: kết luận còn có thể đổi' : null],
  ]
  return (
    <>
      {facts.map(([name, words]) =>
        words ? (
          <li key={name}>
            <b>{name}.</b> {words}.
          </li>
        ) : null,
      )}
    </>
  )
}
