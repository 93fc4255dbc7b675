import { layoutIntervals } from './chart-intervals.ts'
import { layoutLine } from './chart-line.ts'
import type { Drawing } from './chart-shapes.ts'
import type { Chart } from './contract.ts'

/** Where everything of a chart stands; one layout serves SVG, PDF and the picture in Word. */
export const layoutChart = (chart: Chart): Drawing =>
  chart.kind === 'intervals' ? layoutIntervals(chart) : layoutLine(chart)
