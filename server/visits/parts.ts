import type { Database } from '../../db/client.ts'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Guard } from '../staff/session.ts'

export type VisitParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  assets: StaffAssets
  demo: boolean
  now: () => number
}
