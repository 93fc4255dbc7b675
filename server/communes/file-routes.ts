import type { FastifyInstance, FastifyReply } from 'fastify'
import { findIssuer } from '../../db/communes/communes.ts'
import { boardLinks } from '../../web/board-links.ts'
import { drawWorkbook } from '../reports/sheet/sheet.ts'
import { drawWord } from '../reports/word/word.ts'
import { readBoard } from './board.ts'
import { writeBoardCsv } from './board-csv.ts'
import { type BoardParts, readPeriod } from './parts.ts'
import { tableOf, writeSynthesis } from './synthesis.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** The board as files: figures of a period, and the synthesis of a year. */
export function serveBoardFiles(app: FastifyInstance, { database, today }: BoardParts): void {
  app.get(boardLinks.csv(), async (request, reply) => {
    const period = readPeriod(request, today())
    const board = await readBoard(database, period, today())
    return asFile(reply, 'csv', `cac-xa-${period}`).send(writeBoardCsv(board))
  })
  app.get(boardLinks.workbook(), async (request, reply) => {
    const period = readPeriod(request, today())
    const board = await readBoard(database, period, today())
    const document = writeSynthesis(board, await findIssuer(database))
    const sheets = board.indicators.map((one) => ({ name: one.code, table: tableOf(board, one) }))
    const bytes = await drawWorkbook({ ...document, body: [], appendices: [], sheets })
    return asFile(reply, 'xlsx', `cac-xa-${period}`).send(bytes)
  })
  app.get(boardLinks.synthesis(), async (request, reply) => {
    const { nam } = request.query as { nam?: unknown }
    const year = typeof nam === 'string' && /^20\d\d$/.test(nam) ? nam : today().slice(0, 4)
    const board = await readBoard(database, year, today())
    const bytes = await drawWord(writeSynthesis(board, await findIssuer(database)))
    return asFile(reply, 'docx', `tong-hop-${year}`).send(bytes)
  })
}

const asFile = (reply: FastifyReply, kind: keyof typeof types, name: string) =>
  reply
    .type(types[kind])
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}.${kind}"`)
