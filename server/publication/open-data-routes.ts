import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { renderOpenDataPage } from '../../web/publication/open-data-page.tsx'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { type Body, sendConditional } from '../http/conditional.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { describePackage, writeCsv, writeJson } from './data-package.ts'
import { readDataTable } from './data-tables.ts'
import { describeCatalogue } from './dcat.ts'
import { type DataTable, type DataTableName, dataTables } from './open-data-contract.ts'
import type { PublicParts } from './public-figures.ts'

export type OpenDataParts = PublicParts &
  Pick<House, 'demo' | 'files' | 'origin'> & {
    /** The ledger's checkpoint under which a published day was closed. */
    readCheckpoint: (day: string) => Promise<string | null>
  }

type ByFile = { Params: { file: string } }

/** The open data: addresses that stay, for programs of anybody. */
export function serveOpenData(app: FastifyInstance, parts: OpenDataParts): void {
  const styleHref = parts.files.href('public.css')
  app.get(links.openData, async (_request, reply) => {
    const { closed } = await parts.publications.read()
    const view = { tables: await readTables(parts), closed }
    return sendHtml(reply, 200, renderOpenDataPage({ view, demo: parts.demo }, styleHref), staffPolicy)
  })
  app.get<ByFile>(patterns.openDataFile, async (request, reply) => {
    const body = await readFile(parts, request.params.file)
    if (!body) throw new PublicError('not_found')
    return sendOpenly(request, reply, body)
  })
  app.get(links.dcat, async (request, reply) => sendOpenly(request, reply, await readCatalogue(parts)))
  for (const url of [patterns.openDataFile, links.dcat]) {
    app.options(url, (_request, reply) => allowEverybody(reply).code(204).send())
  }
}

function sendOpenly(request: FastifyRequest, reply: FastifyReply, body: Body) {
  allowEverybody(reply).header('cache-control', 'public, max-age=300')
  return sendConditional(request, reply, body)
}

const allowEverybody = (reply: FastifyReply) =>
  reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('access-control-allow-methods', 'GET, HEAD, OPTIONS')
    .header('access-control-allow-headers', 'if-none-match, if-modified-since')
    .header('access-control-expose-headers', 'etag, last-modified')
    .header('access-control-max-age', '86400')

const readTables = (parts: OpenDataParts) => Promise.all(dataTables.map((name) => readDataTable(parts, name)))

async function readFile(parts: OpenDataParts, file: string): Promise<Body | null> {
  const { at, closed } = await parts.publications.read()
  if (file === 'datapackage.json') {
    const description = describePackage(await readTables(parts), closed, await parts.readCheckpoint(closed))
    return { type: json, text: JSON.stringify(description, null, 2), modified: at }
  }
  const [name, format, ...rest] = file.split('.')
  if (rest.length > 0 || !isTable(name) || (format !== 'csv' && format !== 'json')) return null
  const table = await readDataTable(parts, name)
  const { modified } = table
  const text = writeOnce(table, format, () => (format === 'csv' ? writeCsv(table) : writeJson(table, closed)))
  return { type: format === 'csv' ? 'text/csv; charset=utf-8; header=present' : json, text, modified }
}

const written = new WeakMap<DataTable, Map<string, string>>()

/** A table that is made once is written once. */
function writeOnce(table: DataTable, format: string, write: () => string): string {
  const texts = written.get(table) ?? new Map<string, string>()
  written.set(table, texts)
  const text = texts.get(format) ?? write()
  texts.set(format, text)
  return text
}

const json = 'application/json; charset=utf-8'
const isTable = (name: string | undefined): name is DataTableName =>
  (dataTables as readonly (string | undefined)[]).includes(name)

async function readCatalogue(parts: OpenDataParts): Promise<Body> {
  const { at, closed, groups } = await parts.publications.read()
  const from = groups.map(({ day }) => day).sort()[0] ?? closed
  const basis = { origin: parts.origin(), from, closed, modified: at }
  const text = JSON.stringify(describeCatalogue(await readTables(parts), basis), null, 2)
  return { type: 'application/ld+json; charset=utf-8', text, modified: at }
}
