import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Database } from '../../db/client.ts'
import { findTile, readHandovers, readLedgerState, readMonths } from '../../db/ledger/read.ts'
import { renderLedgerPage } from '../../web/ledger/ledger-page.tsx'
import { links, patterns } from '../../web/links.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { LedgerState, LedgerView } from './contract.ts'
import type { Ledger } from './ledger.ts'
import { readTilePath } from './merkle-rules.ts'
import { findVerifier } from './nightly.ts'
import { writeVerifier } from './note-rules.ts'
import type { Vault } from './vault.ts'

export type LedgerParts = Pick<House, 'database' | 'demo' | 'files'> & { ledger: Ledger; vault: Vault }

/** The ledger for everybody: hashes, signatures, never a line. Any other site's program may read it. */
export function serveLedger(app: FastifyInstance, parts: LedgerParts): void {
  const { database } = parts
  const styleHref = parts.files.href('public.css')
  app.get(links.ledger, async (_request, reply) => {
    const page = { view: await readView(parts), demo: parts.demo }
    return sendHtml(reply, 200, renderLedgerPage(page, styleHref), staffPolicy)
  })
  app.get(links.ledgerCheckpoint, async (_request, reply) => {
    const state = await readLedgerState(database)
    if (!state?.checkpoint) throw new PublicError('not_found')
    return open(reply, 'no-cache').type(plain).send(state.checkpoint)
  })
  app.get<{ Params: { '*': string } }>(patterns.ledgerTile, async (request, reply) => {
    const bytes = await readTileBytes(database, request.params['*'])
    if (!bytes) throw new PublicError('not_found')
    // What a tile of a certain width holds never changes.
    return open(reply, 'public, max-age=31536000, immutable').type('application/octet-stream').send(bytes)
  })
  app.get(links.ledgerKey, async (_request, reply) =>
    open(reply, 'no-cache')
      .type(plain)
      .send(await describeKeys(parts)),
  )
  const verifier = readFileSync(findVerifier())
  app.get(links.ledgerVerifier, async (_request, reply) =>
    open(reply, 'public, max-age=300').type('text/javascript; charset=utf-8').send(verifier),
  )
}

const plain = 'text/plain; charset=utf-8'

const open = (reply: FastifyReply, cache: string): FastifyReply =>
  reply.header('cache-control', cache).header('access-control-allow-origin', '*')

/** Sizes at the end of each month; the running one ends now. */
function withRunningMonth(months: { month: string; size: number }[], state: LedgerState | undefined) {
  if (!state) return months
  const month = dayOf(Date.parse(state.at)).slice(0, 7)
  return [...months.filter((one) => one.month !== month), { month, size: state.size }]
}

/** A full tile is there when it is full; a part of any width is there once the tree is that large. */
async function readTileBytes(database: Database, path: string): Promise<Buffer | null> {
  const asked = readTilePath(path)
  if (!asked || asked.level > 6) return null
  const bytes = await findTile(database, asked.level, asked.number)
  return bytes && bytes.length >= asked.width * 32 ? bytes.subarray(0, asked.width * 32) : null
}

/** The key on the first line, then every hand-over as the note both keys signed, newest first. */
async function describeKeys({ database, vault }: LedgerParts): Promise<string> {
  const handovers = await readHandovers(database)
  return [writeVerifier(vault.signer()), ...handovers].join('\n\n').concat(handovers.length > 0 ? '' : '\n')
}

async function readView({ database, ledger, vault }: LedgerParts): Promise<LedgerView> {
  const [state, months, status] = await Promise.all([readLedgerState(database), readMonths(database), ledger.status()])
  return {
    size: status.size,
    at: status.at,
    run: status.run,
    problem: status.problem,
    checkpoint: state?.checkpoint ?? '',
    key: writeVerifier(vault.signer()),
    months: withRunningMonth(months, state)
      .map(({ month, size }, index) => ({ month, lines: size - (months[index - 1]?.size ?? 0) }))
      .reverse(),
  }
}
