import type { Database } from '../../db/client.ts'
import type { TakeBack } from '../../db/staff/members.ts'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import type { HeldCases } from './account-contract.ts'
import type { Sealing } from './sealing.ts'
import type { Guard } from './session.ts'
import type { Attempts } from './sign-in/attempts.ts'

export type Holdings = { list(username: string): Promise<HeldCases[]>; takeBack: TakeBack }

export type StaffParts = {
  database: Database
  guard: Guard
  sealing: Sealing
  attempts: Attempts
  /** What members hold in other rooms. */
  holdings: Holdings
  assets: StaffAssets
  demo: boolean
  /** Where an invitation's link begins. */
  origin: () => string
  now: () => number
}
