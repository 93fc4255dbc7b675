import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Scope } from '../../server/catalogue/contract.ts'
import type { Database } from '../client.ts'
import { setLocal } from '../connection/settings.ts'

/**
 * Runs questions and changes in one transaction that sees only the rows of these agencies, whatever the questions
 * forget to say: row-level security reads the setting, which ends with the transaction. The one way to comments,
 * cases and the audit log.
 */
export function withinScope<T>(
  database: Database,
  scope: Scope,
  work: (transaction: PostgresJsDatabase) => Promise<T>,
): Promise<T> {
  return within(database, 'ydan.agencies', scope === 'all' ? 'all' : scope.join(','), work)
}

/** The same for the holder of a receipt: sees that one case and nothing else. */
export function withinReceipt<T>(
  database: Database,
  receipt: string,
  work: (transaction: PostgresJsDatabase) => Promise<T>,
): Promise<T> {
  return within(database, 'ydan.receipt', receipt, work)
}

function within<T>(database: Database, setting: string, value: string, work: (t: PostgresJsDatabase) => Promise<T>) {
  return database.query.transaction(async (transaction) => {
    await setForTransaction(transaction, setting, value)
    return work(transaction)
  })
}

/** Widens a transaction that has begun without a scope: what an account held belongs to the change of the account. */
export const openCommune = (transaction: PostgresJsDatabase): Promise<void> =>
  setForTransaction(transaction, 'ydan.agencies', 'all')

async function setForTransaction(transaction: PostgresJsDatabase, setting: string, value: string): Promise<void> {
  await transaction.execute(sql.raw(setLocal(setting, value)))
}
