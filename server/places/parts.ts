import type { ComponentChild } from 'preact'
import type { Place } from '../catalogue/catalogue.ts'
import type { House } from '../house.ts'
import type { StaffMember } from '../staff/contract.ts'

export type PlaceHouse = Pick<
  House,
  'config' | 'database' | 'secrets' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'origin' | 'publicUrlMissing' | 'now'
>

/** What makes a place's answers believable, ready to be shown on its page. */
export type DrawProofs = (place: Place, member: StaffMember) => Promise<ComponentChild>

export type PlaceParts = PlaceHouse & { drawProofs: DrawProofs }
