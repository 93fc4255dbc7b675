import type { ComponentChild } from 'preact'
import type { Database } from '../../db/client.ts'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import type { Catalogue, Place } from '../catalogue/catalogue.ts'
import type { StaffMember } from '../staff/contract.ts'
import type { Guard } from '../staff/session.ts'

export type SurveyParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  assets: StaffAssets
  demo: boolean
  /** The origin printed in codes, and whether it is only this machine's own. */
  origin: () => string
  publicUrlMissing: boolean
  defaultBudget: number
  rotationKey: string
  makeId: () => string
  /** What makes a place's answers believable, ready to be shown on its page. */
  drawProofs: (place: Place, member: StaffMember) => Promise<ComponentChild>
  now: () => number
}
