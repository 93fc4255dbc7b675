import type { Part } from '../../indicators/detail/contract.ts'
import { fewestShown } from '../../score/rules.ts'
import type { ShownParts } from './contract.ts'

/** Criteria overlap in their respondents, so each stands or falls by its own answers. */
export function showCriteria<One extends Part>(parts: One[]): ShownParts<One> {
  const shown = parts.filter(({ score }) => score.responses >= fewestShown)
  return { shown, withheld: parts.length - shown.length }
}

/**
 * Parts of one whole: what is left out must be five answers or none, else the whole less what shows would tell it. So the
 * smallest that could show is left out too where the rest is too few.
 */
export function showFields<One extends Part>(parts: One[]): ShownParts<One> {
  const bySize = parts.toSorted((a, b) => a.score.responses - b.score.responses)
  const withheld = new Set<One>()
  let hidden = 0
  for (const part of bySize) {
    const { responses } = part.score
    if (responses >= fewestShown && (hidden === 0 || hidden >= fewestShown)) break
    withheld.add(part)
    hidden += responses
  }
  const shown = parts.filter((part) => !withheld.has(part))
  return { shown, withheld: withheld.size }
}
