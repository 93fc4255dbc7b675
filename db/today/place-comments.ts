import { and, between, desc, eq } from 'drizzle-orm'
import type { CaseKind, Half, Language, PlaceId, Scope } from '../../server/catalogue/contract.ts'
import { type CaseReader, isReadable } from '../cases/cases.ts'
import { cases } from '../cases/tables.ts'
import type { Database } from '../client.ts'
import { comments, responses } from '../respond/tables.ts'
import { withinScope } from '../staff/scope.ts'

export type PlaceComment = {
  caseId: number
  kind: CaseKind
  day: string
  half: Half
  language: Language
  /** In the shape of `responses.answers`. */
  answers: string
  /** Raw: mask it before it is shown. */
  body: string
}

type Question = Pick<CaseReader, 'today' | 'shownMornings'> & {
  placeId: PlaceId
  from: string
  to: string
  limit: number
}

/** A place's comments as far as they show, the newest day first; restricted ones are left out. */
export async function readPlaceComments(
  database: Database,
  scope: Scope,
  { placeId, from, to, limit, ...shown }: Question,
): Promise<PlaceComment[]> {
  const isShown = isReadable({ ...shown, scope, restricted: false })
  return withinScope(database, scope, (transaction) =>
    transaction
      .select({
        caseId: cases.id,
        kind: cases.kind,
        day: comments.day,
        half: cases.half,
        language: responses.language,
        answers: responses.answers,
        body: comments.body,
      })
      .from(comments)
      .innerJoin(cases, and(eq(cases.placeId, comments.placeId), eq(cases.responseId, comments.responseId)))
      .innerJoin(responses, and(eq(responses.placeId, comments.placeId), eq(responses.id, comments.responseId)))
      .where(
        and(eq(comments.placeId, placeId), between(comments.day, from, to), eq(comments.restricted, false), isShown),
      )
      .orderBy(desc(comments.day), desc(cases.id))
      .limit(limit),
  )
}
