import type { z } from 'zod'
import { readContactsOf } from '../../../db/communes/contacts.ts'
import { confirmReadings, keepReading } from '../../../db/communes/readings.ts'
import { links } from '../../../web/links.ts'
import { dayOf } from '../../days.ts'
import { OpenIndicators, type ReadingSource, RemoteResult } from '../reading-contract.ts'
import { fingerprintOf, type NewReading, periodsToRead, readExact, readOpen } from '../reading-rules.ts'
import { type Followed, note, type PullParts } from './note.ts'
import { type Reply, request } from './request.ts'
import { witnessLedger } from './witness.ts'

/** What is noted of a commune as a whole: whether anybody answers there. */
export const whole = 'commune'
/** Its key stays sealed: another CONTACT_KEY sealed it. */
const sealed = 'không mở được vì CONTACT_KEY đã đổi, xin nhập lại khóa'
const openFile = 'indicators.json'
const mostBytes = 1 << 20

/** Reads everything of one commune that is due, one thing after the other, and notes how each went. Does not throw for what a commune does. */
export async function pullCommune(parts: PullParts, commune: Followed, isDaily: boolean): Promise<void> {
  const { database, now } = parts
  const contacts = await readContactsOf(database, commune.id)
  const tagOf = (what: string) => contacts.find((one) => one.what === what)?.etag ?? null
  if (commune.hasKey)
    await note(
      parts,
      commune,
      'key',
      commune.apiKey ? { kind: 'same' } : { kind: 'none', reason: sealed, isAway: false },
    )
  const replies: Reply[] = []
  const periods = commune.apiKey ? periodsToRead(dayOf(now()), isDaily) : []
  for (const period of periods) {
    const reply = await pullPeriod(parts, commune, period, tagOf(`period ${period}`))
    replies.push(reply)
    // Nobody answers: the rest would only wait as long again.
    if (isAway(reply)) break
  }
  if (!replies.some(isAway)) replies.push(await pullOpen(parts, commune, tagOf('open')))
  if (!replies.some(isAway)) replies.push(await witnessLedger(parts, commune))
  const lost = replies.find(isAway)
  await note(parts, commune, whole, lost ?? { kind: 'same' })
}

const isAway = (reply: Reply): boolean => reply.kind === 'none' && reply.isAway

async function pullPeriod(parts: PullParts, commune: Followed, period: string, etag: string | null): Promise<Reply> {
  const { address: origin, apiKey: key } = commune
  const asked = { origin, path: links.api.province(period), key, etag, mostBytes, signal: parts.signal }
  const reply = await request(asked)
  const read = (result: RemoteResult) => {
    if (result.period !== period) return null
    const reading = readExact(result)
    return reading ? [reading] : []
  }
  return take(parts, commune, { what: `period ${period}`, reply, shape: RemoteResult, read, period, source: 'exact' })
}

async function pullOpen(parts: PullParts, commune: Followed, etag: string | null): Promise<Reply> {
  const path = links.openDataFile(openFile)
  const reply = await request({ origin: commune.address, path, etag, mostBytes, signal: parts.signal })
  return take(parts, commune, { what: 'open', reply, shape: OpenIndicators, read: readOpen, source: 'open' })
}

type Taking<T> = {
  what: string
  reply: Reply
  shape: z.ZodType<T>
  /** Null where it is about something else than was asked. */
  read: (value: T) => NewReading[] | null
  period?: string
  source: ReadingSource
}

/** Keeps what came, or that it is still the same; a reply that cannot be read is a failure with its reason. */
async function take<T>(parts: PullParts, commune: Followed, taking: Taking<T>): Promise<Reply> {
  const { database, now } = parts
  const { what, reply, shape, read, period, source } = taking
  const at = new Date(now()).toISOString()
  if (reply.kind === 'same') {
    await confirmReadings(database, { of: commune.id, what: { source, ...(period && { period }) }, at })
    return note(parts, commune, what, reply)
  }
  if (reply.kind === 'none') return note(parts, commune, what, reply)
  const value = parse(shape, reply.body)
  const readings = value && read(value)
  if (!readings) {
    return note(parts, commune, what, { kind: 'none', reason: 'câu trả lời không đọc được', isAway: false })
  }
  for (const reading of readings) {
    const fingerprint = fingerprintOf(reading.figures)
    await keepReading(database, { ...reading, communeId: commune.id, fingerprint, at })
  }
  return note(parts, commune, what, reply)
}

function parse<T>(shape: z.ZodType<T>, body: Buffer): T | null {
  try {
    return shape.safeParse(JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''))).data ?? null
  } catch {
    return null
  }
}
