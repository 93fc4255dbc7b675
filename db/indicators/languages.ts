import type { Language } from '../../server/catalogue/contract.ts'
import type { CountableResponse } from '../../server/tallies/contract.ts'
import type { Database } from '../client.ts'

export type OtherLanguage = Exclude<Language, 'vi'>

export type SpokenResponse = CountableResponse & { language: OtherLanguage }

const rowsAtOnce = 5000

/**
 * Counted responses in another language than Vietnamese, a few thousand at a time: few enough to be counted where they
 * lie, by an index that holds no Vietnamese one. Tallies have no language, so that the others pay nothing for it.
 */
export async function readOtherLanguages(
  database: Database,
  { versionIds, from, to }: { versionIds: number[]; from: string; to: string },
  take: (rows: SpokenResponse[]) => void,
): Promise<void> {
  await database.sql.begin('isolation level repeatable read read only', async (transaction) => {
    const rows = transaction<SpokenResponse[]>`
      select place_id as "placeId", day::text as day, version_id as "versionId", field_id as "fieldId",
        service_mode as "serviceMode", channel, provenance, respondent, standing, wave_id as "waveId",
        stratum_id as "stratumId", answers, extras, seconds, language,
        to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
      from responses
      where language <> 'vi' and standing = 'counted' and day between ${from} and ${to}
        and version_id = any(${versionIds}::int2[])`.cursor(rowsAtOnce)
    for await (const part of rows) take(part)
  })
}
