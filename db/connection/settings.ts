import { onlySchema } from './schema.ts'

/** Session settings that the code relies on, whatever the role, the database or the server prefers. */
const reliedOn: Record<string, string> = {
  client_encoding: 'UTF8',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  // The connection's schema and no other, whatever the role prefers: nothing of another commune is ever found by name.
  search_path: onlySchema,
  standard_conforming_strings: 'on',
  backslash_quote: 'safe_encoding',
  extra_float_digits: '1',
  bytea_output: 'hex',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  lc_numeric: 'C',
  lc_time: 'C',
  lc_monetary: 'C',
  client_min_messages: 'warning',
  row_security: 'on',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  exit_on_error: 'off',
  statement_timeout: '30000',
  lock_timeout: '0',
  // A process cut off between two statements must not hold its locks for ever.
  idle_in_transaction_session_timeout: '600000',
  idle_session_timeout: '0',
  transaction_timeout: '0',
  // A role that came with these would open every row to every scope (migration 0003).
  'ydan.agencies': '',
  'ydan.receipt': '',
  // On Citus the policies are asked on another machine: SET LOCAL goes along, set_config() does not.
  'citus.propagate_set_commands': 'local',
}

/**
 * One statement for a new connection. As a statement and not as startup parameters, which PgBouncer refuses for all
 * but five. What this server does not know (transaction_timeout before 17) is left out; a commit that does not wait
 * for the disk is made to wait, other ways of waiting stay as the server's owner chose.
 */
export function settingsStatement(others: Record<string, string> = {}): string {
  const settings = { ...reliedOn, ...others }
  const rows = Object.entries(settings).map(([name, value]) => `('${name}', '${value}')`)
  // First of all the time that the rest of this may take.
  return `set statement_timeout = ${settings.statement_timeout}; select pg_catalog.set_config(name, value, false) from (values ${rows.join(', ')}) as relied (name, value)
    where name like 'ydan.%' or pg_catalog.current_setting(name, true) is not null
    union all select pg_catalog.set_config('synchronous_commit', 'on', false)
    where pg_catalog.current_setting('synchronous_commit') = 'off'`
}

/**
 * A statement that sets one of ours until the transaction ends. SET takes no parameters: whatever is no list of ids and
 * no receipt opens nothing.
 */
export const setLocal = (setting: string, value: string): string =>
  `set local ${setting} = '${/^[\w,-]*$/.test(value) ? value : ''}'`

/** For what reads the whole commune: backups, the ledger. */
export const seeEverything = setLocal('ydan.agencies', 'all')
