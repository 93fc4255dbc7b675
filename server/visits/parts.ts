import type { House } from '../house.ts'

export type VisitParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'now'>
