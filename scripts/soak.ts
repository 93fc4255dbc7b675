// npm run soak: the long proofs. All parts, or those named: npm run soak -- kills boards million export ledger failover
// communes (a hundred schemas, twelve processes) runs only where it is named.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './build.js'
import { soakBoards } from './soak/boards.ts'
import { soakCommunes } from './soak/communes.ts'
import { soakExport } from './soak/export.ts'
import { soakFailover } from './soak/failover.ts'
import type { Finding } from './soak/finding.ts'
import { soakKills } from './soak/kills.ts'
import { soakLedger } from './soak/ledger.ts'
import { soakMillion } from './soak/million.ts'

const parts: Record<string, (folder: string) => Promise<Finding[]>> = {
  kills: soakKills,
  boards: soakBoards,
  million: soakMillion,
  export: soakExport,
  ledger: soakLedger,
  failover: soakFailover,
}
/** Four minutes and a hundred schemas: only where it is named. */
const onlyNamed: typeof parts = { communes: soakCommunes }

const named = process.argv.slice(2)
const known = { ...parts, ...onlyNamed }
const unknown = named.filter((name) => !(name in known))
if (unknown.length > 0) {
  console.error(`Không có phần ${unknown.join(', ')}; các phần là ${Object.keys(known).join(', ')}.`)
  process.exit(2)
}

await buildIfStale()
const findings: Finding[] = []
for (const name of named.length > 0 ? named : Object.keys(parts)) {
  const folder = mkdtempSync(join(tmpdir(), `ydan-soak-${name}-`))
  const startedAt = performance.now()
  console.log(`\n${name}`)
  try {
    findings.push(...((await known[name]?.(folder)) ?? []))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(0)} giây`)
}
console.log('')
for (const [holds, sentence] of findings) console.log(`${holds ? 'ĐẠT      ' : 'KHÔNG ĐẠT'} ${sentence}`)
process.exitCode = findings.every(([holds]) => holds) ? 0 : 1
