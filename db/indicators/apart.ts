import type { Channel, FieldId, ServiceMode, VersionId } from '../../server/catalogue/contract.ts'
import type { ApartKind } from '../../server/indicators/apart/contract.ts'
import type { Database } from '../client.ts'

/** So many counted responses that were answered alike, as far as a score can tell: 1 stands for 1-3, 4 for 4-5. */
export type AnsweredAlike = {
  key: string
  versionId: VersionId
  fieldId: FieldId | 0
  serviceMode: ServiceMode
  channel: Channel
  answers: string
  count: number
}

type Asked = { versionIds: number[]; from: string; to: string }

/**
 * Counted responses of some days where they lie, alike ones together. Tallies tell neither the language nor whether
 * somebody helped, so that all others pay nothing for it: languages have an index that holds no Vietnamese response.
 */
export async function countAlike(
  { sql }: Database,
  kind: ApartKind,
  { versionIds, from, to }: Asked,
): Promise<AnsweredAlike[]> {
  return sql<AnsweredAlike[]>`
    select ${sql.unsafe(keyOf[kind])} as key, version_id as "versionId", field_id as "fieldId",
      service_mode as "serviceMode", channel, translate(answers, '01235', '-1114') as answers, count(*)::int as count
    from responses
    where ${sql.unsafe(kind === 'language' ? `language <> 'vi' and` : '')} standing = 'counted'
      and day between ${from} and ${to} and version_id = any(${versionIds}::int2[])
    group by 1, 2, 3, 4, 5, 6`
}

const keyOf: Record<ApartKind, string> = {
  language: 'language',
  assisted: `case when assisted then 'helped' when not assisted then 'self' else 'unsaid' end`,
}

/** In each year of these days the first one on which a counted answer was given with help. */
export async function findFirstAssisted({ sql }: Database, { versionIds, from, to }: Asked): Promise<string[]> {
  const rows = await sql<{ first: string }[]>`
    select min(day)::text as first from responses
    where assisted and standing = 'counted' and day between ${from} and ${to}
      and version_id = any(${versionIds}::int2[])
    group by date_trunc('year', day) order by 1`
  return rows.map(({ first }) => first)
}
