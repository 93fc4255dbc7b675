import type { Database } from '../../db/client.ts'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import type { Sealing } from './sealing.ts'
import type { Guard } from './session.ts'
import type { Attempts } from './sign-in/attempts.ts'

export type StaffParts = {
  database: Database
  guard: Guard
  sealing: Sealing
  attempts: Attempts
  assets: StaffAssets
  demo: boolean
  /** Where an invitation's link begins. */
  origin: () => string
  now: () => number
}
