// npm run bench -- growth [responses …] [communes=100x100000] [minutes=60]: each size in a database of its own, measured
// over HTTP from outside. Without sizes: 100 thousand, 1 million, 10 million responses of one commune, and 100 communes of
// 100 thousand each in one database (hours, and some 30 GB).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { buildIfStale } from '../build.js'
import { fillCommunes } from './communes.ts'
import { type Grown, printGrowth, printGrowthClaims } from './growth-report.ts'
import { fill, measureServer } from './growth-run.ts'
import { bundleServer } from './machine.ts'

type Wanted = { sizes: number[]; communes: { count: number; each: number } | null; minutes: number }

const everything: Omit<Wanted, 'minutes'> = {
  sizes: [100_000, 1_000_000, 10_000_000],
  communes: { count: 100, each: 100_000 },
}

/** Returns the exit code: 0 when what is promised of growth holds. */
export async function runGrowth(given: string[]): Promise<number> {
  const wanted = readWanted(given)
  if (!wanted) {
    console.error('Ví dụ: npm run bench -- growth 100000 1000000 communes=100x100000 minutes=60')
    return 2
  }
  const { sizes, communes, minutes } = wanted
  await buildIfStale()
  const bundle = await bundleServer()
  const grown: Grown[] = []
  // The empty database first: its rate of storing is the measure of the others.
  for (const size of [0, ...sizes.sort((a, b) => a - b)]) {
    const label = `${size.toLocaleString('vi-VN')} phiếu của một xã`
    grown.push(
      await inDatabase(label, async (connection) => {
        const responses = await fill(connection, size)
        return { label, responses, ...(await measureServer(bundle, connection, minutes)) }
      }),
    )
  }
  const many = communes && (await measureCommunes(bundle, communes, minutes))
  printGrowth(grown, many)
  return printGrowthClaims(grown, many) ? 0 : 1
}

function readWanted(given: string[]): Wanted | null {
  const named = (name: string) => given.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
  const minutes = Number(named('minutes') ?? 0)
  const sizes = given.filter((one) => !one.includes('=')).map(Number)
  const [count = 0, each = 0] = (named('communes') ?? '0x0').split('x').map(Number)
  if (![minutes, count, each, ...sizes].every((one) => Number.isInteger(one) && one >= 0)) return null
  if (sizes.length === 0 && count === 0) return { ...everything, minutes }
  return { sizes, communes: count > 0 ? { count, each } : null, minutes }
}

/** Of many communes the last one is measured, beside all the others; null where this version keeps one per database only. */
async function measureCommunes(
  bundle: string,
  { count, each }: NonNullable<Wanted['communes']>,
  minutes: number,
): Promise<Grown | null> {
  const label = `${count} xã, mỗi xã ${each.toLocaleString('vi-VN')} phiếu, trong một cơ sở dữ liệu`
  return inDatabase(label, async (connection) => {
    const filled = await fillCommunes(connection, count, each)
    if (!filled) return null
    const { connection: last, responses } = filled
    return { label, responses, ...(await measureServer(bundle, last, minutes)) }
  })
}

async function inDatabase<T>(label: string, work: (connection: Connection & object) => Promise<T>): Promise<T> {
  console.log(`\n${label}`)
  const folder = mkdtempSync(join(tmpdir(), 'ydan-growth-'))
  const launched = await launchDatabase(folder, () => {})
  try {
    return await work(launched.connection)
  } finally {
    await launched.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
