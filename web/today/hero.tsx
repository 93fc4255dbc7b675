import type { AgencyToday } from '../../server/today/contract.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import type { Scale } from '../ui/charts/scale.ts'
import { formatInteger, formatInterval, formatPercent, startSentence } from '../ui/format.ts'
import { aimInWords } from '../ui/verdict-word.tsx'
import { pulseClass } from './changes.ts'
import { ComparisonList } from './compare.tsx'
import { provenInWords, reachInWords, type Span, slotEndInWords, ticketsInWords, whyNoScore } from './words.ts'

/** An agency as a whole, or a place on its own page. */
type Measured = Pick<
  AgencyToday,
  'received' | 'setAside' | 'proven' | 'tickets' | 'shown' | 'through' | 'target' | 'dueFrom' | 'comparisons' | 'reach'
> & { waiting?: number }
type HeroProps = { measured: Measured; span: Span; scale: Scale; pulse?: number | undefined }

/** The score, how sure it is, what came in, and what it is compared with. */
export function Hero({ measured, span, scale, pulse }: HeroProps) {
  const { shown, target, dueFrom, reach, proven, tickets, comparisons } = measured
  const aim = aimInWords(target, dueFrom)
  return (
    <div class={`hero ${pulseClass(pulse)}`}>
      <div class="hero-part hero-score">
        <p class="hero-key">Mức độ hài lòng</p>
        <HeroScore measured={measured} span={span} />
      </div>
      <div class="hero-part hero-bar">
        {shown.lower !== null && shown.upper !== null ? (
          <>
            <IntervalAxis scale={scale} />
            <IntervalBar score={shown} target={target} scale={scale} size="hero" watched={dueFrom !== null} />
            <p class="hero-note">
              khoảng tin cậy {formatInterval(shown.lower, shown.upper, target)} · {aim}
            </p>
          </>
        ) : (
          <p class="hero-note">{startSentence(aim)}</p>
        )}
      </div>
      <div class="hero-part hero-received">
        <p class="hero-key">Phiếu nhận</p>
        <p class="hero-value">{formatInteger(measured.received)}</p>
        <p class="hero-note">
          {measured.setAside > 0
            ? `trong đó để riêng ${formatInteger(measured.setAside)}`
            : 'không phiếu nào phải để riêng'}
        </p>
        {reach && <p class="hero-note">{reachInWords(reach)}</p>}
        {proven && <p class="hero-note hero-proven">{provenInWords(proven)}</p>}
        {tickets.rate !== null && <p class="hero-note hero-proven">{ticketsInWords(tickets)}</p>}
      </div>
      {shown.score !== null && comparisons.length > 0 && (
        <div class="hero-part hero-change">
          <p class="hero-key">So với</p>
          <ComparisonList comparisons={comparisons} span={span} />
        </div>
      )}
    </div>
  )
}

function HeroScore({ measured: { shown, waiting, target, through }, span }: Pick<HeroProps, 'measured' | 'span'>) {
  if (shown.score === null) return <p class="hero-waiting">{whyNoScore(span, { ...shown, waiting })}</p>
  const [number, unit] = formatPercent(shown.score, target).split('\u00a0')
  return (
    <>
      <p class="hero-value">
        {number}
        <small>{`\u00a0${unit}`}</small>
      </p>
      <p class="hero-note">
        tính trên {formatInteger(shown.responses)} phiếu
        {span === 'today' && through !== null && <span class="hero-through">, đến {slotEndInWords(through)}</span>}
      </p>
    </>
  )
}
