import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import type { ZodError } from 'zod'
import type { Database } from '../../db/client.ts'
import { readActors, readAudit, recordAudit, streamAudit } from '../../db/staff/audit.ts'
import { momentInWords } from '../../web/audit/moment.ts'
import { renderAuditPage } from '../../web/audit/page.tsx'
import { actionInWords, fieldInWords, type Names, subjectInWords, valueInWords } from '../../web/audit/words.ts'
import { links } from '../../web/links.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { csvLine } from '../csv-rules.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { AuditFilter, AuditRow } from '../staff/contract.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { AuditQuery } from './contract.ts'

export type AuditHouse = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'today'>

export type AuditParts = AuditHouse & {
  /** What the ledger and its nightly check say; null where there is none. */
  ledgerNotice: () => Promise<VNode | null>
}

const pageSize = 20

/** The audit log: to read on a page, to take away as a file. */
export function serveAudit(app: FastifyInstance, parts: AuditParts): void {
  app.get(links.audit(), (request, reply) => showAudit(parts, request, reply))
  app.get(links.auditFile(), (request, reply) => sendFile(parts, request, reply))
}

async function showAudit(parts: AuditParts, request: FastifyRequest, reply: FastifyReply) {
  const { database, catalogue, guard, assets, demo } = parts
  const member = await guard.getStaff(request)
  const parsed = AuditQuery.safeParse(request.query)
  const problems = parsed.success ? undefined : dayProblemsOf(parsed.error)
  const { filter, olderThan } = problems
    ? { filter: typedFilter(request.query), olderThan: 0 }
    : readQuery(request.query)
  const [found, actors, names] = await Promise.all([
    problems ? [] : readAudit(database, filter, pageSize + 1, olderThan),
    readActors(database),
    readNames(catalogue),
  ])
  const rows = found.slice(0, pageSize)
  const page = {
    rows,
    filter,
    actors,
    names,
    today: parts.today(),
    isFirstPage: olderThan === undefined,
    ...(problems && { problems }),
    olderThan: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null,
    shell: shellOf(member, 'audit', demo),
    ledgerNotice: await parts.ledgerNotice(),
  }
  return sendHtml(reply, problems ? 422 : 200, renderAuditPage(page, assets), staffPolicy)
}

/** Where nothing but a typed day is wrong, the form comes back with it; anything else no form of ours sends. */
function dayProblemsOf({ issues }: ZodError) {
  const problems = issues.map(({ path, message }) => ({ path: String(path[0]), message }))
  return problems.every(({ path }) => path === 'tu' || path === 'den') ? problems : undefined
}

/** What was typed, for showing it again. */
function typedFilter(query: unknown): AuditFilter {
  const text = (name: string) => [(query as Record<string, unknown>)[name] ?? ''].flat().join(' ').slice(0, 100)
  return { actor: text('nguoi'), group: text('nhom'), subject: text('tim'), from: text('tu'), to: text('den') }
}

async function sendFile(
  { database, catalogue, guard, today }: AuditParts,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { username: actor } = await guard.getStaff(request)
  const { filter } = readQuery(request.query)
  const after = Object.fromEntries(Object.entries(filter).filter(([, value]) => value))
  await recordAudit(database.query, { actor, action: 'audit.export', subject: 'nhat-ky.csv', after })
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', 'attachment; filename="nhat-ky.csv"')
    .send(Readable.from(writeFile(database, filter, await readNames(catalogue), today())))
}

/** What the codes in the log are called today. */
async function readNames(catalogue: Catalogue): Promise<Names> {
  const { places, fields, publishedByCode } = await catalogue.read()
  const questionnaires = [...publishedByCode.values()].map(({ code, definition }) => [code, definition.title.vi])
  return Object.fromEntries([...[...places, ...fields].map(({ code, name }) => [code, name.vi]), ...questionnaires])
}

function readQuery(query: unknown) {
  const parsed = AuditQuery.safeParse(query)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new PublicError('refused', [{ path: String(issue?.path[0] ?? ''), message: issue?.message ?? '' }])
}

async function* writeFile(database: Database, filter: AuditFilter, names: Names, today: string) {
  // The mark by which Excel knows UTF-8.
  yield `\uFEFF${csvLine(['Thời điểm', 'Người làm', 'Việc', 'Đối tượng', 'Trước', 'Sau'])}`
  for await (const rows of streamAudit(database, filter)) yield rows.map((row) => writeRow(row, names, today)).join('')
}

const writeRow = ({ at, actor, action, subject, change }: AuditRow, names: Names, today: string): string =>
  csvLine([
    ...[
      momentInWords({ at, action }, today),
      actor,
      actionInWords(action),
      subjectInWords(action, subject, names).words,
    ],
    ...[inWords(change.before, names), inWords(change.after, names)],
  ])

const inWords = (fields: Record<string, unknown> | undefined, names: Names): string =>
  Object.entries(fields ?? {})
    .map(([name, value]) => `${fieldInWords(name, names)}: ${valueInWords(name, value, names)}`)
    .join('; ')
