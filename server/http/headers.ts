import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** What no page of ours uses, so that nothing in one can ask for it. */
const permissions = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'

/**
 * Headers of every answer, errors and redirects too. Pages carry a policy of their own (http/html.ts), with the hashes of
 * what they inline. A route that says otherwise wins: nothing is kept by anybody unless the route names for how long.
 * HSTS only where the printed address is HTTPS: a server on the local network speaks plain HTTP.
 */
export async function useHeaders(app: FastifyInstance, publicUrl: string | null): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    referrerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xPoweredBy: false,
    xXssProtection: false,
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: publicUrl?.startsWith('https://')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
  })
  app.addHook('onRequest', async (_request, reply) => {
    // Written where helmet writes its own, so that streams which leave fastify carry it too.
    reply.raw.setHeader('permissions-policy', permissions)
    reply.header('cache-control', 'no-store')
  })
}
