import { csvLine } from '../csv-rules.ts'
import type { BoardView } from './board-contract.ts'

const columns = [
  ...['period', 'commune', 'commune_name', 'through', 'source', 'indicator', 'target', 'score', 'lower', 'upper'],
  ...['responses', 'verdict', 'standing', 'proven_share', 'response_rate', 'definition_version', 'formula'],
  ...['approved_report', 'changed', 'missing', 'absent_since'],
]

/** One line per commune and indicator, or one that says what is missing; UTF-8 with the mark by which Excel knows it. */
export function writeBoardCsv({ rows, period }: BoardView): string {
  const lines = rows.flatMap(({ commune, reading, cells, missing, presence }) => {
    const head = [period, commune.code, commune.name, reading?.to ?? null, reading?.source ?? null]
    const tail = [missing?.kind ?? null, presence.state === 'away' ? presence.since : null]
    const codes = Object.keys(cells).sort()
    if (codes.length === 0) return [[...head, ...columns.slice(5, -2).map(() => null), ...tail]]
    return codes.flatMap((code) => {
      const cell = cells[code]
      if (!cell) return []
      const { figure, standing, changed } = cell
      const { target, score, lower, upper, responses, verdict, provenShare, responseRate } = figure
      return [
        [
          ...[...head, code, target, score, lower, upper, responses, verdict, standing, provenShare, responseRate],
          ...[figure.definitionVersion, figure.formula, figure.approvedReport, changed, ...tail],
        ],
      ]
    })
  })
  return `\uFEFF${[csvLine(columns), ...lines.map(csvLine)].join('')}`
}
