import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { openTranslationBook } from './book.ts'
import { serveTranslationFiles } from './file-routes.ts'
import { serveTranslationParts } from './routes.ts'

type Own = 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'files' | 'background'

/** The Khmer that citizens read: worded and reviewed here, laid over the built-in words everywhere. */
export async function useTranslations(app: FastifyInstance, house: Pick<House, Own>): Promise<void> {
  const survey = { style: house.files.text('survey.css'), script: house.files.text('survey.js') }
  const parts = { ...house, survey, book: await openTranslationBook(house.database, house.background) }
  serveTranslationFiles(app, parts)
  serveTranslationParts(app, parts)
}
