import type { FastifyRequest } from 'fastify'
import type { Database } from '../../../db/client.ts'
import { findStaffMember, noteInAudit } from '../../../db/staff/members.ts'
import { giveAttemptBack, takeAttempt } from '../../../db/staff/sessions.ts'
import { attemptWaitSeconds, freeAttempts } from '../rules.ts'
import type { Guard } from '../session.ts'
import { checkPassword } from './passwords.ts'

/** A try at a password or code that has been counted as failed; right ones are given back. */
export type Attempt = { giveBack(): Promise<void>; noteFailure(): Promise<void> }

/** Counts tries so that guessing is slow and nobody else's guessing keeps a colleague out. */
export type Attempts = {
  /** Null: too many have failed, wait half a minute. */
  take(request: FastifyRequest, member: { id: number; username: string }): Promise<Attempt | null>
}

type Parts = { database: Database; guard: Guard; now: () => number }

export function createAttempts({ database, guard, now }: Parts): Attempts {
  const lanes = createLanes(now)
  return {
    take: async (request, member) => {
      const mark = guard.readMark(request)
      const { username: actor } = member
      const rules = { nowMs: now(), freeAttempts, waitSeconds: attemptWaitSeconds }
      const { failures, isKnown } = await takeAttempt(database, member.id, mark, rules)
      if (failures !== null) {
        if (!isKnown) lanes.note(member.id, request.ip)
        return {
          giveBack: () => giveAttemptBack(database, member.id, isKnown ? mark : undefined),
          noteFailure: async () => {
            // Once, where the waiting begins: an attacker must not be able to fill the log.
            if (failures === freeAttempts)
              await noteInAudit(database, { actor, action: 'session.slow', subject: actor })
          },
        }
      }
      if (isKnown || !lanes.take(member.id, request.ip)) return null
      return { giveBack: async () => lanes.leave(member.id, request.ip), noteFailure: async () => {} }
    },
  }
}

/** Whether a signed-in member knows the own password, tried under the same counters as a sign-in. */
export async function checkOwnPassword(
  { database, attempts }: { database: Database; attempts: Attempts },
  request: FastifyRequest,
  member: { id: number; username: string },
  password: string,
): Promise<'right' | 'wrong_password' | 'too_often'> {
  const attempt = await attempts.take(request, member)
  if (!attempt) return 'too_often'
  const stored = await findStaffMember(database, member.username)
  const { right } = await checkPassword(stored?.passwordHash, password)
  if (!right) {
    await attempt.noteFailure()
    return 'wrong_password'
  }
  await attempt.giveBack()
  return 'right'
}

const mostLanes = 10

/**
 * While an account waits, each further network address may still try once per wait, ten addresses at most: one
 * attacker who never stops cannot keep its owner out. Held by this process for half a minute, stored nowhere.
 */
function createLanes(now: () => number) {
  const taken = new Map<number, Map<string, number>>()
  const lanesOf = (staffId: number) => {
    const since = now() - attemptWaitSeconds * 1000
    const lanes = new Map([...(taken.get(staffId) ?? [])].filter(([, at]) => at > since))
    taken.set(staffId, lanes)
    return lanes
  }
  return {
    /** This address had its try, whether through a lane or not. */
    note: (staffId: number, address: string) => {
      lanesOf(staffId).set(address, now())
    },
    take: (staffId: number, address: string): boolean => {
      const lanes = lanesOf(staffId)
      if (lanes.has(address) || lanes.size >= mostLanes) return false
      lanes.set(address, now())
      return true
    },
    leave: (staffId: number, address: string) => {
      taken.get(staffId)?.delete(address)
    },
  }
}
