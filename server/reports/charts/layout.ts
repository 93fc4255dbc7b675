import type { Chart } from '../contract.ts'
import { layoutFunnel } from './funnel.ts'
import { layoutIntervals } from './intervals.ts'
import { layoutLine } from './line.ts'
import type { Drawing } from './shapes.ts'

/** Where everything of a chart stands; one layout serves SVG, PDF and the picture in Word. */
export function layoutChart(chart: Chart): Drawing {
  if (chart.kind === 'funnel') return layoutFunnel(chart)
  return chart.kind === 'intervals' ? layoutIntervals(chart) : layoutLine(chart)
}
