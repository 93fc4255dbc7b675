import type { FastifyInstance } from 'fastify'
import { serveAccount } from './account-routes.ts'
import type { Holdings, StaffHouse } from './parts.ts'
import { servePeople } from './people-routes.ts'
import { createAttempts } from './sign-in/attempts.ts'
import { serveFactor } from './sign-in/factor-routes.ts'
import { serveInvitations } from './sign-in/invitation-routes.ts'
import { serveSignIn } from './sign-in/routes.ts'

/** Signing in and out, invitations, the own account, and everybody's for administrators. */
export function useStaff(app: FastifyInstance, house: StaffHouse, { holdings }: { holdings: Holdings }): void {
  const parts = { ...house, holdings, attempts: createAttempts(house) }
  serveSignIn(app, parts)
  serveInvitations(app, parts)
  serveAccount(app, parts)
  serveFactor(app, parts)
  servePeople(app, parts)
}
