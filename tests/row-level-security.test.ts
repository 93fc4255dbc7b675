import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cases } from '../db/cases/tables.ts'
import { agencies, places } from '../db/catalogue/tables.ts'
import { codeOf } from '../db/client.ts'
import { comments } from '../db/respond/tables.ts'
import { recordAudit } from '../db/staff/audit.ts'
import { withinReceipt, withinScope } from '../db/staff/scope.ts'
import { auditLog } from '../db/staff/tables.ts'
import type { AgencyId, Scope } from '../server/catalogue/contract.ts'
import { fullBody, startTestServer, type TestServer } from './fixtures/test-server.ts'

let server: TestServer
let ids: Record<string, AgencyId>

beforeAll(async () => {
  server = await startTestServer()
  const rows = await server.database.query.select().from(agencies)
  ids = Object.fromEntries(rows.map(({ code, id }) => [code, id]))
  for (const place of ['QUAYHT', 'KHAMBENH']) {
    const body = await fullBody(server, place, 5)
    expect((await server.answer({ ...body, comment: `Góp ý ở ${place}` })).status).toBe(201)
  }
})
afterAll(() => server.stop())

/** A question whose author forgot to say which agency. */
const everyComment = (scope: Scope) =>
  withinScope(server.database, scope, async (t) => (await t.select().from(comments)).map(({ body }) => body).sort())

const agency = (code: string) => ids[code] as AgencyId

describe('row-level security', () => {
  test('shows members the rows of their own agencies, whatever a question forgets', async () => {
    expect(await everyComment([agency('trung-tam-pvhcc')])).toEqual(['Góp ý ở QUAYHT'])
    expect(await everyComment([agency('tram-y-te')])).toEqual(['Góp ý ở KHAMBENH'])
    expect(await everyComment('all')).toHaveLength(2)
    expect(await everyComment([])).toEqual([])
  })

  test('shows nothing to a question outside any scope', async () => {
    expect(await server.database.query.select().from(comments)).toEqual([])
    expect(await server.database.query.select().from(cases)).toEqual([])
    expect(await server.database.query.select().from(auditLog)).toEqual([])
  })

  test('keeps what accuses an official from the own agency', async () => {
    const [row] = await server.database.query.select().from(places).where(eq(places.code, 'KHAMBENH'))
    const change = (restricted: boolean) =>
      withinScope(server.database, 'all', (t) =>
        t
          .update(comments)
          .set({ restricted })
          .where(eq(comments.placeId, row?.id as never)),
      )
    await change(true)
    expect(await everyComment([agency('tram-y-te')])).toEqual([])
    expect(await everyComment('all')).toHaveLength(2)
    await change(false)
  })

  test('leaves no scope on the connection for the next request', async () => {
    const asked = Array.from({ length: 40 }, (_, index) =>
      everyComment([agency(index % 2 ? 'tram-y-te' : 'trung-tam-pvhcc')]),
    )
    const answers = await Promise.all(asked)
    answers.forEach((bodies, index) => {
      expect(bodies).toEqual([index % 2 ? 'Góp ý ở KHAMBENH' : 'Góp ý ở QUAYHT'])
    })
    expect(await server.database.query.select().from(comments)).toEqual([])
  })

  test('a receipt opens its own case only', async () => {
    const rows = await withinReceipt(server.database, `khong-co-${randomUUID()}`, (t) => t.select().from(cases))
    expect(rows).toEqual([])
  })

  test.each(["x' or 'a'='a", "'; set local ydan.agencies = 'all", 'Ạ', ''])(
    '%s is no receipt and opens nothing',
    async (text) => {
      expect(await withinReceipt(server.database, text, (t) => t.select().from(cases))).toEqual([])
    },
  )

  test('the role of the application is bound by it although it owns the tables', async () => {
    const [role] = await server.database.sql`
      select rolsuper, rolbypassrls, tableowner = current_user as owns from pg_roles, pg_tables
      where rolname = current_user and tablename = 'comments'`
    expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, owns: true })
  })
})

describe('the audit log', () => {
  test.each([
    ['update', sql`update audit_log set actor = 'ai-do'`],
    ['delete', sql`delete from audit_log`],
    ['truncate', sql`truncate audit_log`],
  ])('refuses to %s what was written', async (_, statement) => {
    await withinScope(server.database, 'all', (t) =>
      recordAudit(t, { actor: 'admin', action: 'place.change', subject: 'QUAYHT', after: { open: false } }),
    )
    const attempt = withinScope(server.database, 'all', (t) => t.execute(statement))
    expect(codeOf(await attempt.catch((error: unknown) => error))).toBe('42501')
    const kept = await withinScope(server.database, 'all', (t) => t.select().from(auditLog))
    expect(kept.length).toBeGreaterThan(0)
  })
})
