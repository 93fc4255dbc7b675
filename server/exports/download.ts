import { createHmac } from 'node:crypto'
import { finished, type Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Database } from '../../db/client.ts'
import { readWaveNames, streamResponses } from '../../db/exports/rows.ts'
import { recordAudit } from '../../db/staff/audit.ts'
import { type Slice, tallyBy } from '../../db/tallies/slices.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { AgencyId } from '../catalogue/contract.ts'
import { PublicError } from '../errors.ts'
import type { AuditEntry, StaffMember } from '../staff/contract.ts'
import { codebookCsv, writeCodebook } from './codebook.ts'
import { type ExportColumns, listColumns, planColumns } from './columns.ts'
import type { Cell, ExportedResponse } from './contract.ts'
import { dataName, fileKinds } from './files.ts'
import { collectGarbage } from './memory.ts'
import type { ExportRequest } from './request.ts'
import { createRowWriter, type ExportNames } from './rows.ts'
import { splitRange } from './rules.ts'
import { writeSyntax } from './spss.ts'

/** More would leave citizens' answers waiting for the database. */
const mostAtOnce = 2
/** Sorted by the database in well under a second. */
const rowsPerRange = 50_000
const rowsPerCollection = 10_000

type Running = { file: Readable; ended: Promise<void> }

export type Downloads = {
  /** Opens the file; its rows are read as fast as `reply` takes them. */
  start(state: CatalogueState, member: StaffMember, request: ExportRequest, reply: FastifyReply): Promise<Opened>
  /** Breaks off what is under way and waits until it is logged. */
  stop(): Promise<void>
}
type Opened = { file: Readable; rows: number }

/** Downloads of this process: counted, logged at both ends, with nothing left behind. */
export function createDownloads(database: Database, secret: string): Downloads {
  const running = new Set<Running>()
  let opening = 0
  const orderKey = createHmac('sha256', secret).update('export order').digest()
  const open = async (...[state, member, request, reply]: Parameters<Downloads['start']>): Promise<Opened> => {
    const [days, names] = await Promise.all([countByDay(database, request), readWaveNames(database)])
    const rows = countRows(days)
    await recordAudit(database.query, logStart(member, request, rows))
    const own = database.openReader()
    const progress = { rows: 0, complete: false }
    const file = openFile(state, request, names, follow(streamResponses(database, own, readingOf()), progress))
    const ended = waitForEnd(reply).then(async (arrived) => {
      running.delete(one)
      file.destroy()
      await own.end({ timeout: 0 })
      const isDone = arrived && progress.complete
      await recordAudit(database.query, logEnd(member, request, isDone, progress.rows))
    })
    const one = { file, ended: ended.catch((error) => reply.log.error({ cause: error }, 'export')) }
    running.add(one)
    return { file, rows }

    function readingOf() {
      const counts = days.map(({ key, received }) => ({ day: key, count: received }))
      const ranges = splitRange(request, counts, rowsPerRange)
      const commentScope = request.comments ? request.commentScope : null
      return { selection: selectionOf(request), ranges, orderKey, commentScope }
    }
  }
  return {
    start: async (...given) => {
      if (running.size + opening >= mostAtOnce) throw new PublicError('exports_busy')
      opening += 1
      return open(...given).finally(() => {
        opening -= 1
      })
    },
    stop: async () => {
      const all = [...running]
      for (const { file } of all) file.destroy()
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

/** True when the last byte was handed over, false when the client or the server broke off. */
const waitForEnd = (reply: FastifyReply): Promise<boolean> =>
  new Promise((resolve) => {
    finished(reply.raw, (error) => resolve(!error))
  })

async function* follow(batches: AsyncIterable<ExportedResponse[]>, progress: { rows: number; complete: boolean }) {
  let collected = 0
  for await (const rows of batches) {
    yield rows
    progress.rows += rows.length
    if (progress.rows - collected < rowsPerCollection) continue
    collected = progress.rows
    collectGarbage()
  }
  progress.complete = true
}

function openFile(
  state: CatalogueState,
  request: ExportRequest,
  names: ExportNames,
  responses: AsyncIterable<ExportedResponse[]>,
): Readable {
  const planned = planColumns(request.versions, state.fields, request.comments)
  const columns = listColumns(planned)
  const codebook = () => codebookCsv(writeCodebook(request.versions, columns, request))
  const isSpss = request.format === 'spss'
  const beside = isSpss
    ? [
        { name: 'phieu.sps', text: writeSyntax(columns, dataName) },
        { name: 'bang-ma.csv', text: codebook() },
      ]
    : []
  return fileKinds[request.format].write({
    columns,
    batches: writeRows(state, request, { columns: planned, names }, responses),
    beside,
  })
}

async function* writeRows(
  state: CatalogueState,
  request: ExportRequest,
  { columns, names }: { columns: ExportColumns; names: ExportNames },
  responses: AsyncIterable<ExportedResponse[]>,
): AsyncGenerator<Cell[][]> {
  const write = createRowWriter(columns, state, request.versions, names)
  let number = 0
  for await (const some of responses) {
    yield some.map((response) => {
      number += 1
      return write(response, number)
    })
  }
}

const selectionOf = ({ versions, places }: ExportRequest) => ({
  versionIds: versions.map(({ id }) => id),
  placeIds: places.map(({ id }) => id),
})

/** How many responses each day has, from the tallies. */
export const countByDay = (database: Database, request: ExportRequest): Promise<Slice[]> =>
  tallyBy(database, 'day', selectionOf(request), request)

export const countRows = (days: Slice[]): number => days.reduce((sum, { received }) => sum + received, 0)

/** The one agency that an export is about; null where it is about several. */
export function agencyOf({ places }: ExportRequest): AgencyId | null {
  const agencies = new Set(places.map(({ agencyId }) => agencyId))
  return agencies.size === 1 ? ([...agencies][0] as AgencyId) : null
}

const logStart = ({ username: actor }: StaffMember, request: ExportRequest, expected: number): AuditEntry => ({
  actor,
  action: 'export.start',
  subject: request.questionnaire,
  agencyId: agencyOf(request),
  after: {
    from: request.from,
    to: request.to,
    format: request.format,
    comments: request.comments,
    expected,
    ...(request.chosen.length > 0 && { places: request.chosen }),
  },
})

const logEnd = (
  { username: actor }: StaffMember,
  request: ExportRequest,
  isDone: boolean,
  rows: number,
): AuditEntry => ({
  actor,
  action: isDone ? 'export.done' : 'export.cancelled',
  subject: request.questionnaire,
  agencyId: agencyOf(request),
  after: { format: request.format, rows },
})
