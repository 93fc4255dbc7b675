import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Database } from '../../db/client.ts'
import { readLastRun, recordRun } from '../../db/ledger/read.ts'
import { dayOf, wallClockOf } from '../days.ts'
import type { LedgerRun } from './contract.ts'

export type NightlyParts = {
  database: Database
  now: () => number
  /** How the verifier reaches the tables: arguments, and what must not stand in a list of processes. */
  source: { args: string[]; env: Record<string, string> }
}

const lookEveryMs = 600_000
const hourOfCheck = 2
const longestRunMs = 3_600_000
/** Findings kept of one run: who sees a hundred need not read the rest here. */
const keptFindings = 100

/** Checks the ledger once a night, from two o'clock on, by the same program that outsiders run. */
export function startNightly(parts: NightlyParts): { stop(): void } {
  const stopping = new AbortController()
  const look = async () => {
    if (await isDue(parts)) await runNightly(parts, stopping.signal)
  }
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs)
  return {
    stop: () => {
      clearInterval(timer)
      stopping.abort()
    },
  }
}

async function isDue({ database, now }: NightlyParts): Promise<boolean> {
  if (wallClockOf(now()).getUTCHours() < hourOfCheck) return false
  const last = await readLastRun(database)
  return !last || dayOf(Date.parse(last.at)) < dayOf(now())
}

/** One check, kept for the administrator, the auditor and the leader. */
export async function runNightly(parts: NightlyParts, signal?: AbortSignal): Promise<LedgerRun> {
  const at = new Date(parts.now()).toISOString()
  const startedAt = performance.now()
  const said = await runVerifier(parts.source, signal)
  const milliseconds = Math.round(performance.now() - startedAt)
  const run = { at, milliseconds, ...readOutcome(said) }
  await recordRun(parts.database, run)
  return run
}

const Outcome = z.object({ size: z.number(), findings: z.array(z.string()) })

/** The verifier's last line is JSON; anything else means that it could not look. */
function readOutcome({ output, complaint }: { output: string; complaint: string }) {
  try {
    const { size, findings } = Outcome.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''))
    return { size, findings: findings.slice(0, keptFindings), failure: null }
  } catch {
    const failure = complaint.trim().split('\n').at(-1) || 'Chương trình kiểm tra dừng giữa chừng.'
    return { size: 0, findings: [], failure: failure.slice(0, 300) }
  }
}

function runVerifier({ args, env }: NightlyParts['source'], signal?: AbortSignal) {
  return new Promise<{ output: string; complaint: string }>((resolve) => {
    const child = spawn(process.execPath, [findVerifier(), ...args, '--json'], {
      signal,
      timeout: longestRunMs,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let complaint = ''
    child.stdout.on('data', (part) => {
      output += part
    })
    child.stderr.on('data', (part) => {
      complaint += part
    })
    child.on('error', (error) => resolve({ output: '', complaint: error.message }))
    child.on('close', () => resolve({ output, complaint }))
  })
}

/** The verifier's file, beside the sources and beside the built bundle alike. */
export function findVerifier(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return join(folder, 'scripts/verify-ledger.js')
}
