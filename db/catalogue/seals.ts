import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'

/**
 * Refers to every version that is published or retired, in the transaction that made it so: from then on the database
 * refuses to change or delete it (migration 0010), whoever asks.
 */
export async function sealVersions(transaction: Pick<PostgresJsDatabase, 'execute'>): Promise<void> {
  await transaction.execute(sql`
    insert into version_seals (version_id, stage, published_seal)
    select id, 'published', published_seal from questionnaire_versions where published_seal is not null
    on conflict do nothing`)
  await transaction.execute(sql`
    insert into version_seals (version_id, stage, retired_seal)
    select id, 'retired', retired_seal from questionnaire_versions where retired_seal is not null
    on conflict do nothing`)
}
