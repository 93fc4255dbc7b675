import { createHash } from 'node:crypto'

/** The schema of a database that holds one commune only, as every database did before there could be several. */
export const onlySchema = 'public'

type Address = { host: string; port: number; database: string; username: string; password: string }

/** An address with the schema in it whose tables are meant; in a text behind a #, which no driver gives a meaning. */
export const inSchema = (address: string | Address, schema: string): string | (Address & { schema: string }) =>
  typeof address === 'string' ? `${address.split('#')[0]}#${schema}` : { ...address, schema }

/** The schema that a connection works in; nothing else stands in its search path. */
export const schemaOf = (connection: string | { schema?: string }): string =>
  (typeof connection === 'string' ? connection.split('#')[1] : connection.schema) || onlySchema

/**
 * The key of an advisory lock, which PostgreSQL keeps per database: each commune of a database has its own. In
 * `public` it is the plain number, so that a process of an earlier version still waits for one of this.
 */
export function lockKey(schema: string, lock: number): string {
  if (schema === onlySchema) return String(lock)
  return createHash('sha256').update(`${lock} ${schema}`).digest().readBigInt64BE().toString()
}

/** The channel of LISTEN and NOTIFY, kept per database as well. */
export const channelOf = (schema: string, channel: string): string =>
  schema === onlySchema ? channel : `${channel}.${schema}`

/** The same inside a statement of a connection that is not at hand by name. */
export const channelHere = (channel: string): string =>
  `'${channel}' || case when current_schema() = '${onlySchema}' then '' else '.' || current_schema() end`
