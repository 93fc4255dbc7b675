import type { FastifyInstance } from 'fastify'
import { serveAccount } from './account-routes.ts'
import type { StaffParts } from './parts.ts'
import { servePeople } from './people-routes.ts'
import { createAttempts } from './sign-in/attempts.ts'
import { serveFactor } from './sign-in/factor-routes.ts'
import { serveInvitations } from './sign-in/invitation-routes.ts'
import { serveSignIn } from './sign-in/routes.ts'

/** Signing in and out, invitations, the own account, and everybody's for administrators. */
export function serveStaff(app: FastifyInstance, given: Omit<StaffParts, 'attempts'>): void {
  const parts = { ...given, attempts: createAttempts(given) }
  serveSignIn(app, parts)
  serveInvitations(app, parts)
  serveAccount(app, parts)
  serveFactor(app, parts)
  servePeople(app, parts)
}
