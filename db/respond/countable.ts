import { sql } from 'drizzle-orm'
import { responses } from './tables.ts'

/** An ISO time, as the writer hands it to the tallies. */
const isoTime = sql<string>`to_char(${responses.receivedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** What counting reads of a stored response. */
export const countableColumns = {
  placeId: responses.placeId,
  day: responses.day,
  versionId: responses.versionId,
  fieldId: responses.fieldId,
  serviceMode: responses.serviceMode,
  channel: responses.channel,
  provenance: responses.provenance,
  respondent: responses.respondent,
  standing: responses.standing,
  waveId: responses.waveId,
  stratumId: responses.stratumId,
  answers: responses.answers,
  extras: responses.extras,
  seconds: responses.seconds,
  receivedAt: isoTime,
}
