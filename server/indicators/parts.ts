import type { Database } from '../../db/client.ts'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Guard } from '../staff/session.ts'
import type { Warnings } from './warnings.ts'

export type IndicatorParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  warnings: Warnings
  assets: StaffAssets
  demo: boolean
  today: () => string
}
