// A schema of its own for a commune, and a role that may use nothing else.
import { randomBytes } from 'node:crypto'
import { type Connection, connect, type Sql } from '../../db/client.ts'

export type Place = { role: string; schema: string; password: string }

/** vinh-thuan → schema vinh_thuan, role ydan_vinh_thuan. */
export const placeOf = (name: string): Place => {
  const schema = name.replaceAll('-', '_')
  return { schema, role: `ydan_${schema}`, password: randomBytes(24).toString('base64url') }
}

/** Of the dozen connections a process may open, with one to spare for a command beside it. */
const mostConnections = 24

/**
 * Makes role and schema in the database of an administrator's address, both or neither. The role owns its schema, sees
 * no row of another and may create nothing else.
 */
export async function makePlace(administrator: Connection, { role, schema, password }: Place): Promise<void> {
  const sql = connect(administrator, 1)
  try {
    await requireFree(sql, role, schema)
    await sql.begin(async (transaction) => {
      await transaction.unsafe(
        `create role "${role}" login nosuperuser nocreatedb nocreaterole connection limit ${mostConnections} password '${password}'`,
      )
      // Whoever is no superuser may give a schema only to a role of its own.
      await transaction.unsafe(`grant "${role}" to current_user`)
      await transaction.unsafe(`create schema "${schema}" authorization "${role}"`)
      await transaction.unsafe(`revoke "${role}" from current_user`)
      await transaction.unsafe(`alter role "${role}" set search_path = "${schema}"`)
    })
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** On Citus the schema is spread as a whole, once its tables are there; true where it was. */
export async function spreadSchema(administrator: Connection, schema: string): Promise<boolean> {
  const sql = connect(administrator, 1)
  try {
    const [citus] = await sql`select from pg_extension where extname = 'citus'`
    if (citus) await sql`select citus_schema_distribute(${schema}::regnamespace)`
    return citus !== undefined
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function requireFree(sql: Sql, role: string, schema: string): Promise<void> {
  const [taken] = await sql<{ what: string }[]>`
    select 'vai trò ' || rolname as what from pg_roles where rolname = ${role}
    union all select 'lược đồ ' || nspname from pg_namespace where nspname = ${schema}`
  if (taken) throw new Error(`Cơ sở dữ liệu đã có ${taken.what}; xin chọn tên khác hoặc xóa nó trước.`)
}

/** The administrator's address with the commune's role in it, or another host (a PgBouncer) instead of its own. */
export function addressOf(administrator: string, { role, password }: Place, through?: string): string {
  const url = new URL(administrator)
  Object.assign(url, { username: role, password, hash: '' })
  if (through) url.host = through
  return url.href
}
