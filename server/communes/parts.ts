import type { FastifyRequest } from 'fastify'
import type { House } from '../house.ts'
import { ProvinceQuery } from '../province/contract.ts'
import type { Follower } from './pull/follow.ts'

export type BoardHouse = Pick<House, 'database' | 'sealing' | 'guard' | 'assets' | 'demo' | 'now' | 'today'>
export type BoardParts = BoardHouse & { follower: Follower }

/** The period an address asks for; this year where it names none that can be read. */
export function readPeriod({ query }: FastifyRequest, today: string): string {
  const { ky } = (query ?? {}) as { ky?: unknown }
  return ProvinceQuery.safeParse({ period: ky }).data?.period ?? today.slice(0, 4)
}
