import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { openRecordingBook, type RecordingBook } from './book.ts'
import { serveRecordingFiles } from './file-routes.ts'
import { serveRecordings } from './routes.ts'

type Own = 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'background'

/** The sentences of the survey page as somebody of the commune reads them. Whoever draws that page asks the book. */
export async function useRecordings(
  app: FastifyInstance,
  house: Pick<House, Own>,
): Promise<{ recordings: RecordingBook }> {
  const recordings = await openRecordingBook(house.database, house.background)
  serveRecordingFiles(app, { ...house, book: recordings })
  serveRecordings(app, { ...house, book: recordings })
  return { recordings }
}
