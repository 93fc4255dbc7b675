import type { IndicatorView } from '../../server/indicators/contract.ts'
import type { Score } from '../../server/score/contract.ts'
import { links } from '../links.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import type { Scale } from '../ui/charts/scale.ts'
import { formatInteger, formatInterval, formatPercent, formatScore, formatTarget } from '../ui/format.ts'
import { VerdictWord } from '../ui/verdict-word.tsx'
import { beliefNotes } from './provenance-words.ts'
import { channelsInWords, howDataComes, missingInWords, pointInWords } from './words.ts'

type IndicatorItemProps = {
  indicator: IndicatorView
  scale: Scale
  /** The indicator's own page, over the same days; null where the reader may not open it. */
  href?: string | null
  /** Whose answers these are, where not all of the indicator's. */
  about?: string
}

/** One indicator of the plan: what it is on the left, where it stands on the right. */
export function IndicatorItem({ indicator, scale, href, about }: IndicatorItemProps) {
  const page = href === undefined ? links.indicator(indicator.code) : href
  return (
    <li class="indicator">
      <div class="indicator-what">
        <p class="indicator-code">{indicator.code}</p>
        <h2>{page ? <a href={page}>{indicator.title}</a> : indicator.title}</h2>
        {about && <p class="indicator-about">{about}</p>}
        <dl class="indicator-facts">
          <div>
            <dt>Chủ trì</dt>
            <dd>{indicator.ownerName}</dd>
          </div>
          <div>
            <dt>Kỳ</dt>
            <dd>{indicator.period}</dd>
          </div>
          <div>
            <dt>Chỉ tiêu</dt>
            <dd>≥ {formatTarget(indicator.target)}</dd>
          </div>
        </dl>
      </div>
      <div class="indicator-stand">
        {indicator.score === null ? (
          <WithoutScore indicator={indicator} />
        ) : (
          <WithScore indicator={indicator} scale={scale} />
        )}
        {indicator.instead && <Instead instead={indicator.instead} target={indicator.target} scale={scale} />}
      </div>
    </li>
  )
}

function WithScore({ indicator, scale }: Pick<IndicatorItemProps, 'indicator' | 'scale'>) {
  const { score, target } = indicator
  const [point, missing] = [pointInWords(indicator), missingInWords(indicator.missing)]
  return (
    <>
      <div class="indicator-result">
        <p class="indicator-score">
          {formatScore(score ?? 0, target)}
          <small>{'\u00a0%'}</small>
        </p>
        <VerdictWord {...indicator} />
      </div>
      <Drawing score={indicator} target={target} scale={scale} watched={indicator.dueFrom !== null} />
      <ul class="indicator-notes">
        {point && <li>{point}</li>}
        {missing && <li>{missing}</li>}
        {beliefNotes(indicator).map((words) => (
          <li key={words}>{words}</li>
        ))}
        {indicator.channels.length > 0 && <li class="indicator-how">{channelsInWords(indicator.channels)}</li>}
        <SetAside count={indicator.setAside} />
      </ul>
    </>
  )
}

function WithoutScore({ indicator }: { indicator: IndicatorView }) {
  return (
    <>
      <p class="indicator-none">{indicator.responses > 0 ? 'Chưa có số lượt phục vụ' : 'Chưa có phiếu'}</p>
      <ul class="indicator-notes">
        <li>
          {indicator.responses > 0
            ? `Có ${formatInteger(indicator.responses)} phiếu, nhưng chỉ tiêu này tính theo lượt phục vụ`
            : howDataComes(indicator.code)}
        </li>
        <SetAside count={indicator.setAside} />
      </ul>
    </>
  )
}

type DrawingProps = { score: Score; target: number; scale: Scale; watched?: boolean }

function Drawing({ score, target, scale, watched = false }: DrawingProps) {
  if (score.lower === null || score.upper === null) return null
  return (
    <div class="indicator-drawing">
      <IntervalAxis scale={scale} />
      <IntervalBar score={score} target={target} scale={scale} watched={watched} />
      <p>
        khoảng tin cậy {formatInterval(score.lower, score.upper, target)} · {formatInteger(score.responses)} phiếu
      </p>
    </div>
  )
}

/** Stands beside an indicator that has no source of its own yet, and never takes its place. */
export function Instead({
  instead,
  target,
  scale,
}: {
  instead: Score & { label: string }
  target: number
  scale: Scale
}) {
  if (instead.score === null) return null
  return (
    <div class="instead">
      <p>
        <b>Để tham khảo, không thay cho chỉ tiêu này:</b> {instead.label}: {formatPercent(instead.score, target)}
      </p>
      <Drawing score={instead} target={target} scale={scale} />
    </div>
  )
}

const SetAside = ({ count }: { count: number }) =>
  count > 0 ? (
    <li class="indicator-how">
      <a href={links.review()}>{formatInteger(count)} phiếu để riêng</a>, không tính vào điểm
    </li>
  ) : null
