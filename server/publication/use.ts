import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { serveOpenData } from './open-data-routes.ts'
import { createPublications, type Publications } from './publications.ts'
import { servePublicResults } from './routes.ts'

export type PublicationHouse = Pick<House, 'database' | 'catalogue' | 'today' | 'demo' | 'files' | 'origin' | 'guard'>

/** What everybody may see. Days are published hourly, with the chores. */
export function usePublication(
  app: FastifyInstance,
  house: PublicationHouse,
  { findCheckpoint }: { findCheckpoint: (day: string) => Promise<string | null> },
): Publications {
  const publications = createPublications(house.database, house.today)
  servePublicResults(app, { ...house, publications })
  serveOpenData(app, { ...house, publications, readCheckpoint: findCheckpoint })
  return publications
}
