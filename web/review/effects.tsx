import type { Effect } from '../../server/review/contract.ts'
import type { Score, Verdict } from '../../server/score/contract.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { formatInterval, formatPercent, formatTarget } from '../ui/format.ts'
import { VerdictWord } from '../ui/verdict-word.tsx'
import { countOf } from './words.ts'

type EffectsProps = { effects: (Effect & { setAside?: number })[]; before: string; after: string }

/** Each indicator (or place) twice on one scale: as it is, as it would be. */
export function Effects({ effects, before, after }: EffectsProps) {
  const scale = chooseScale(
    effects.flatMap((effect) => [effect.before, effect.after]),
    effects.map(({ target }) => target),
  )
  return (
    <ol class="effects">
      {effects.map((effect) => (
        <li class="effect" key={effect.code}>
          <div class="effect-what">
            {effect.code && <p class="indicator-code">{effect.code}</p>}
            <h3>{effect.title}</h3>
            <p class="effect-note">
              Chỉ tiêu ≥ {formatTarget(effect.target)}
              {effect.setAside !== undefined && ` · ${countOf(effect.setAside)} để riêng`}
            </p>
            {effect.beforeVerdict !== effect.afterVerdict && <p class="effect-turn">Kết luận thay đổi</p>}
          </div>
          <div class="effect-stand">
            <IntervalAxis scale={scale} />
            <Side words={before} score={effect.before} verdict={effect.beforeVerdict} effect={effect} scale={scale} />
            <Side words={after} score={effect.after} verdict={effect.afterVerdict} effect={effect} scale={scale} />
          </div>
        </li>
      ))}
    </ol>
  )
}

type SideProps = { words: string; score: Score; verdict: Verdict; effect: Effect; scale: Scale }

function Side({ words, score, verdict, effect: { target, reason, dueFrom }, scale }: SideProps) {
  return (
    <div class="effect-side">
      <p class="effect-words">{words}</p>
      {score.score === null || score.lower === null || score.upper === null ? (
        <p class="effect-none">Chưa có phiếu nào được tính</p>
      ) : (
        <>
          <IntervalBar score={score} target={target} scale={scale} watched={dueFrom !== null} />
          <p class="effect-figures">
            <b>{formatPercent(score.score, target)}</b>{' '}
            <span>
              ({formatInterval(score.lower, score.upper, target)}), {countOf(score.responses)}
            </span>
          </p>
          <VerdictWord verdict={verdict} provisional={false} reason={reason} dueFrom={dueFrom} />
        </>
      )}
    </div>
  )
}
