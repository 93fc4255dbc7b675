import type { Comparison } from '../../server/indicators/contract.ts'
import { startSentence } from '../ui/format.ts'
import { changeInWords, periodInWords, type Span } from './words.ts'

type ComparisonsProps = { comparisons: Comparison[]; span: Span }

/** All of them, one line each: for the agency as a whole. */
export function ComparisonList({ comparisons, span }: ComparisonsProps) {
  return (
    <ul class="comparisons">
      {comparisons.map((one) => (
        <li key={one.with}>
          <span>{startSentence(periodInWords(one, span))}</span> <Change comparison={one} />
        </li>
      ))}
    </ul>
  )
}

/** In a table only what can be proven, or that nothing can; the rest stands in the title. */
export function ComparisonWords({ comparisons, span }: ComparisonsProps) {
  const proven = comparisons.filter(({ change }) => change === 'rise' || change === 'fall')
  const known = comparisons.filter(({ change }) => change !== null)
  const all = comparisons.map((one) => `${periodInWords(one, span)}: ${changeInWords(one)}`).join('; ')
  if (known.length === 0) return <span class="change none">chưa có gì để so</span>
  if (proven.length === 0) {
    return (
      <span class="change none" title={startSentence(all)}>
        chưa thấy khác
      </span>
    )
  }
  return (
    <span title={startSentence(all)}>
      {proven.map((one) => (
        <span key={one.with} class="change-line">
          <Change comparison={one} /> so với {periodInWords(one, span)}
        </span>
      ))}
    </span>
  )
}

/** Neither bold nor coloured where it holds looked at by itself only: the sentences on top do not say so. */
const Change = ({ comparison }: { comparison: Comparison }) =>
  comparison.alone ? (
    <span class="change none">{changeInWords(comparison)} (xét riêng)</span>
  ) : (
    <b class={`change ${comparison.change ?? 'none'}`}>{changeInWords(comparison)}</b>
  )
