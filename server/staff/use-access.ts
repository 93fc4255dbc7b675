import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Access, access } from './access.ts'
import { mayDo } from './permission-rules.ts'
import { notAllowed } from './refusal-words.ts'
import type { Guard } from './session.ts'

/** Holds every route to its decision, and refuses changes that another site's page sends. Before the routes. */
export function useAccess(app: FastifyInstance, guard: Guard, table: Record<string, Access> = access): void {
  app.addHook('onRoute', (route) => {
    const decisions = [route.method].flat().map((method) => decide(table, method, route.url))
    // Citizens' routes carry no check at all.
    if (decisions.some((decided) => decided !== 'public')) route.onRequest = [check, ...[route.onRequest ?? []].flat()]
  })
  async function check(request: FastifyRequest): Promise<void> {
    const decided = decide(table, request.method, request.routeOptions.url as string)
    if (decided === 'public') return
    if (typeof decided === 'object' && (await guard.hasApiKey(request, decided.key))) return
    const member = await guard.getStaff(request)
    if (request.method !== 'GET' && request.method !== 'HEAD') guard.requireOwnForm(request)
    const action = typeof decided === 'object' ? decided.action : decided
    if (!mayDo(member, action)) throw notAllowed(member, action)
  }
}

function decide(table: Record<string, Access>, method: string, url: string): Access {
  const decided = table[`${method === 'HEAD' ? 'GET' : method} ${url}`]
  if (!decided) throw new Error(`${method} ${url} has no decision in access.ts`)
  return decided
}
