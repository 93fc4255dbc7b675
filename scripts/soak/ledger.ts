import { type ChildProcess, execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, type Database, openDatabase, prepareDatabase } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { catchUp } from '../../server/ledger/ledger.ts'
import { findVerifier } from '../../server/ledger/nightly.ts'
import { readCheckpoint } from '../../server/ledger/note-rules.ts'
import { openPassingVault } from '../../server/ledger/vault.ts'
import { startProcess } from '../../tests/fixtures/process.ts'
import { createBodies, readAskedPlaces } from '../bench/bodies.ts'
import { logAll, readRotationKey, recount } from '../bench/database.ts'
import { type Body, connectionTo, sendBody, soakSettings } from './citizens.ts'
import type { Finding } from './finding.ts'
import { loadMillion } from './million.ts'

const kills = 20
const citizens = 8
const longestCheckMs = 120_000

/** Two sequencers killed again and again while two processes store, and a million responses checked. */
export async function soakLedger(folder: string): Promise<Finding[]> {
  return [...(await killSequencers(join(folder, 'kills'))), ...(await checkMillion(join(folder, 'million')))]
}

async function killSequencers(dataDir: string): Promise<Finding[]> {
  const server = await startProcess({ ...soakSettings(dataDir) })
  const connection = connectionTo(dataDir)
  const last = join(dataDir, 'ledger.last')
  const key = readFileSync(join(dataDir, 'ledger.key'), 'utf8').trim()
  const settings = { ...process.env, DATABASE: JSON.stringify(connection), KEY: key, LAST: last }
  const complaints: unknown[] = []
  const start = async () => {
    const child = fork(join(import.meta.dirname, 'sequencer.ts'), { env: settings })
    await once(child, 'message')
    child.on('message', (said) => complaints.push(said))
    return child
  }
  const makeBody = createBodies(await readAskedPlaces(server.url), await readRotationKey(connection), 1) as () => Body
  let acknowledged = 0
  let stopped = false
  const answerOn = async () => {
    while (!stopped) if ((await sendBody(server.url, makeBody())) === 201) acknowledged += 1
  }
  const load = Promise.all(Array.from({ length: citizens }, answerOn))
  const pair = (await Promise.all([start(), start()])) as [ChildProcess, ChildProcess]
  let forks = 0
  for (let kill = 0; kill < kills; kill += 1) {
    const side = kill % 2
    const victim = pair[side] as ChildProcess
    await new Promise((resolve) => setTimeout(resolve, 100 + 37 * kill))
    victim.kill('SIGKILL')
    await once(victim, 'exit')
    if (await isForked(connection, last)) forks += 1
    pair[side] = await start()
  }
  stopped = true
  await load
  for (const child of pair) child.kill('SIGKILL')
  await server.end('SIGTERM')
  return judgeKills(dataDir, acknowledged, forks, complaints)
}

/** Whether the checkpoint shown last is no longer the beginning of what is stored. */
async function isForked(connection: Connection, last: string): Promise<boolean> {
  const shown = readCheckpoint(readFileSync(last, { encoding: 'utf8', flag: 'a+' }))
  const database = openDatabase(connection)
  const [state] = await database.sql<{ size: number }[]>`select size::int as size from ledger_state`
  await database.close()
  return Boolean(shown && state && shown.size > state.size)
}

async function judgeKills(dataDir: string, acknowledged: number, forks: number, complaints: unknown[]) {
  const launched = await launchDatabase(dataDir, () => {})
  try {
    const key = readFileSync(join(dataDir, 'ledger.key'), 'utf8').trim()
    const database = openDatabase(launched.connection)
    await finish(database, key, join(dataDir, 'ledger.last'))
    const [row] = await database.sql<{ responses: number; lines: number }[]>`
      select (select count(*)::int from responses) as responses,
        (select count(*)::int from ledger_entries where kind = 'response') as lines`
    await database.close()
    const said = await verifyLedger(['--data-dir', dataDir])
    const findings: Finding[] = [
      [forks === 0 && complaints.length === 0, `${kills} lần kill -9 trình ghi sổ: sổ không rẽ nhánh, không lùi`],
      [
        row?.lines === row?.responses,
        `${row?.responses} phiếu (${acknowledged} đã báo nhận), ${row?.lines} dòng: không sót, không trùng`,
      ],
      [said.code === 0, `kiểm tra sau ${kills} lần kill -9: ${said.output.trim().split('\n').at(-1)}`],
    ]
    return findings
  } finally {
    await launched.stop()
  }
}

/** What waited when the last sequencer was killed. */
async function finish(database: Database, key: string, last: string): Promise<void> {
  const { ledger: nonceKey, receipt: receiptKey } = await loadSecrets(database)
  const vault = {
    ...openPassingVault(key),
    remembered: () => readFileSync(last, 'utf8'),
    remember: (checkpoint: string) => writeFileSync(last, checkpoint),
  }
  await catchUp({ database, vault, nonceKey, receiptKey, now: Date.now })
}

async function checkMillion(dataDir: string): Promise<Finding[]> {
  const launched = await launchDatabase(dataDir, () => {})
  try {
    await prepareDatabase(launched.connection, (query) => loadReference(query, readReference()))
    const stored = await loadMillion(launched.connection)
    await recount(launched.connection)
    const { lines, perSecond } = await logAll(launched.connection)
    console.log(`  ${lines.toLocaleString('vi-VN')} dòng, ${perSecond.toFixed(0)} dòng/giây`)
    const startedAt = performance.now()
    const said = await verifyLedger(['--data-dir', dataDir])
    const ms = performance.now() - startedAt
    return [
      [lines === stored, `${stored.toLocaleString('vi-VN')} phiếu đều có dòng`],
      [said.code === 0, `kiểm tra: ${said.output.trim().split('\n').at(-1)}`],
      [ms < longestCheckMs, `kiểm tra mất ${(ms / 1000).toFixed(0)} giây (hứa < 120)`],
    ]
  } finally {
    await launched.stop()
  }
}

const verifyLedger = (args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [findVerifier(), ...args], { maxBuffer: 2 ** 26 }, (error, output, complaint) =>
      resolve({ code: Number(error?.code ?? 0), output: output + complaint }),
    )
  })
