import type { FastifyInstance } from 'fastify'
import type { Database } from '../../db/client.ts'
import { links } from '../../web/links.ts'
import type { Recorder } from '../respond/record.ts'

export function serveHealth(app: FastifyInstance, database: Database, recorder: Pick<Recorder, 'isStoring'>): void {
  app.get(links.health, async (_request, reply) => {
    const answers = await withinSeconds(3, database.sql`select 1`).then(
      () => true,
      () => false,
    )
    const isWell = answers && recorder.isStoring()
    reply.header('cache-control', 'no-store')
    return isWell ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable' })
  })
}

function withinSeconds<T>(seconds: number, work: PromiseLike<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('overdue')), seconds * 1000).unref()),
  ])
}
