import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRunningDatabase } from '../../db/embedded/launch.ts'
import { links } from '../../web/links.ts'
import { type ServerProcess, startProcess } from '../fixtures/process.ts'
import { readMemory, readUnit } from '../fixtures/unit.ts'

const root = join(import.meta.dirname, '../..')

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ydan-light-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('a commune among a hundred', () => {
  test('that was read and is idle again keeps 90 MB and four connections', async () => {
    const { environment, flags } = readUnit()
    // Not the first start ever, which makes a database and all its tables.
    await (await startProcess({ ...environment, DATA_DIR: dataDir }, flags)).end('SIGTERM')
    const server = await startProcess({ ...environment, DATA_DIR: dataDir }, flags)
    try {
      await readAtOnce(server)
      expect(await countConnections()).toBeGreaterThan(4)
      await expect.poll(() => readMemory(server.child.pid as number).resident).toBeLessThanOrEqual(90)
      await expect.poll(countConnections).toBeLessThanOrEqual(4)
    } finally {
      await server.end('SIGTERM')
    }
  })

  test('is started by npm without the program that builds', async () => {
    const server = await startProcess({ DATA_DIR: dataDir }, [], [], 'scripts/start.js')
    try {
      const maps = readFileSync(`/proc/${server.child.pid}/maps`, 'utf8')
      expect(maps).toContain('/node')
      expect(maps).not.toContain('rolldown')
    } finally {
      await server.end('SIGTERM')
    }
  })

  test('loads a program of a few files in ASCII, made for production, without what it has no use for', () => {
    const files = listLoaded(join(root, 'dist/server/main.js'))
    expect(files.length).toBeLessThanOrEqual(4)
    const texts = files.map((file) => readFileSync(file, 'utf8'))
    // One letter beyond ASCII makes V8 keep two bytes for each letter of the file.
    for (const text of texts) expect(Buffer.byteLength(text)).toBe(text.length)
    const whole = texts.join('\n')
    expect(whole).toContain('("div", {')
    expect(whole).not.toContain('jsxDEV')
    expect(whole).not.toMatch(/from "(?!node:)[a-z@/-]*(?:vite|docx|pdfkit|resvg|xlsx)/)
    // Ajv's own words: our schemas are zod's.
    expect(whole).not.toContain('MissingRefError')
    expect(whole.length).toBeLessThan(4_600_000)
  })
})

/** A start's pools are open then: two dozen readers at once. */
const readAtOnce = (server: ServerProcess) =>
  Promise.all(
    Array.from({ length: 24 }, async (_, turn) => {
      const path = [links.survey('QUAYHT'), links.publicResults, links.ledger][turn % 3] as string
      expect((await fetch(server.url + path)).status).toBe(200)
    }),
  )

async function countConnections(): Promise<number> {
  const sql = postgres({ ...(openRunningDatabase(dataDir) as object), max: 1 })
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity where usename = 'ydan_app' and pid <> pg_backend_pid()`
  await sql.end()
  return row?.n ?? 0
}

/** A file and what it imports of our own, at once and not later. */
function listLoaded(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const imported = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)[^;]*? from "(\.[^"]+)";$|^import "(\.[^"]+)";$/gm,
  )
  return [
    file,
    ...[...imported].flatMap(([, from, bare]) => listLoaded(join(dirname(file), (from ?? bare) as string), seen)),
  ]
}
