import type { Chart } from '../contract.ts'
import { layoutIntervals } from './intervals.ts'
import { layoutLine } from './line.ts'
import type { Drawing } from './shapes.ts'

/** Where everything of a chart stands; one layout serves SVG, PDF and the picture in Word. */
export const layoutChart = (chart: Chart): Drawing =>
  chart.kind === 'intervals' ? layoutIntervals(chart) : layoutLine(chart)
