import type { Part } from '../../indicators/detail/contract.ts'
import { fewestShown } from '../../score/rules.ts'
import { withholdFew } from '../../tallies/small-days-rules.ts'
import type { ShownParts } from './contract.ts'

/** Criteria overlap in their respondents, so each stands or falls by its own answers. */
export function showCriteria<One extends Part>(parts: One[]): ShownParts<One> {
  const shown = parts.filter(({ score }) => score.responses >= fewestShown)
  return { shown, withheld: parts.length - shown.length }
}

/** Parts of one whole, which the whole less what shows must not tell. */
export function showFields<One extends Part>(parts: One[]): ShownParts<One> {
  const withheld = new Set(withholdFew(parts, ({ score }) => score.responses))
  return { shown: parts.filter((part) => !withheld.has(part)), withheld: withheld.size }
}
