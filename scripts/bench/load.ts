// The citizens of the bench: a process of their own that sends answers over HTTP for as long as it is told to.
import autocannon, { type Client, type Request } from 'autocannon'
import { links } from '../../web/links.ts'
import { type AskedPlace, createBodies } from './bodies.ts'
import { createProvedBodies, type ProofWords } from './proved-bodies.ts'

export type Preparation = {
  prepare: { places: AskedPlace[]; rotationKey: string; seed: number; count: number; proofs?: ProofWords }
}
export type Load = { origin: string; connections: number; warmMs: number; measureMs: number; everyIdOnce: boolean }
export type Measured = {
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Over warm-up and measurement: every reply by its status. */
  replies: Record<number, number>
  errors: number
}

let requests: Request[] = []

process.on('message', async (message: Preparation | Load) => {
  if (!('prepare' in message)) return process.send?.(await applyLoad(message))
  const { places, rotationKey, seed, count, proofs } = message.prepare
  const makeBody = proofs
    ? createProvedBodies(places, rotationKey, seed, proofs)
    : createBodies(places, rotationKey, seed)
  // Built beforehand: building each one while measuring would cost the client more than sending it.
  requests = Array.from({ length: count }, () => ({ ...head, body: JSON.stringify(makeBody()) }))
  return process.send?.({})
})

const head = { method: 'POST', path: links.api.responses, headers: { 'content-type': 'application/json' } } as const

/**
 * Measures from the end of the warm-up on; where every id may be sent only once, the measurement ends when the first
 * connection has sent all of its own. Each connection ends after a reply, so that every request is answered and counted.
 */
async function applyLoad({ origin, connections, warmMs, measureMs, everyIdOnce }: Load): Promise<Measured> {
  const latencies: number[] = []
  const replies: Record<number, number> = {}
  let from: number | undefined
  let to = Number.POSITIVE_INFINITY
  let shared = 0
  const share = Math.floor(requests.length / connections)
  const setupClient = (client: Client) => {
    const own = requests.slice(shared, shared + share)
    shared += share
    client.setRequests(own)
    let sent = 0
    client.on('response', (status, _bytes, latencyMs) => {
      const at = performance.now()
      if (from === undefined) {
        from = at + warmMs
        to = from + measureMs
      }
      sent += 1
      replies[status] = (replies[status] ?? 0) + 1
      if (at >= from && at < to) latencies.push(latencyMs)
      if (everyIdOnce && sent === own.length) to = Math.min(to, at)
      if (at >= to) endAfterReply(client)
    })
  }
  const duration = (warmMs + measureMs) / 1000 + 60
  const { errors } = await autocannon({ url: origin, connections, duration, sampleInt: 100, setupClient })
  return { ...describe(latencies, to - (from ?? to)), replies, errors }
}

/** What autocannon does for its option `amount`, here by the clock. */
function endAfterReply(client: Client): void {
  ;(client as Client & { responseMax: number }).responseMax = 1
}

function describe(latencies: number[], overMs: number) {
  latencies.sort((a, b) => a - b)
  const quantile = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? 0
  return { perSecond: (latencies.length / overMs) * 1000, p50Ms: quantile(0.5), p99Ms: quantile(0.99) }
}
