import type { House } from '../house.ts'
import type { Warnings } from './warnings.ts'

export type IndicatorHouse = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'today'>

export type IndicatorParts = IndicatorHouse & { warnings: Warnings }
