import type { TakeBack } from '../../db/staff/members.ts'
import type { House } from '../house.ts'
import type { HeldCases } from './account-contract.ts'
import type { Attempts } from './sign-in/attempts.ts'

export type StaffHouse = Pick<House, 'database' | 'guard' | 'sealing' | 'assets' | 'demo' | 'origin' | 'now'>

/** What members hold in other rooms. */
export type Holdings = { list(username: string): Promise<HeldCases[]>; takeBack: TakeBack }

export type StaffParts = StaffHouse & { attempts: Attempts; holdings: Holdings }
