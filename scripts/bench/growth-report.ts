import type { Tables } from './tables.ts'

export type Reading = { name: string; p50Ms: number; p95Ms: number; bytes: number }
export type Grown = {
  label: string
  responses: number
  pages: Reading[]
  stored: { perSecond: number; created: number }
  tables: Tables
}

/** What is promised of growth: at the largest size, per ten-fold, and of storing beside an empty database. */
const slowestMs = 50
const largestRatio = 1.3
const leastStoring = 0.9
/** A page this quick differs by the clock's grain alone. */
const grainMs = 2

export function printGrowth(grown: Grown[], many: Grown | null): void {
  for (const { label, pages, stored, tables } of [...grown, ...(many ? [many] : [])]) {
    console.log(`\n${label}: cơ sở dữ liệu ${megabytes(tables.databaseBytes)} MB`)
    for (const { name, p50Ms, p95Ms, bytes } of pages)
      console.log(
        `  ${name.padEnd(24)} p50 ${p50Ms.toFixed(1).padStart(7)} ms  p95 ${p95Ms.toFixed(1).padStart(7)} ms  ${thousands(bytes)} byte`,
      )
    console.log(`  ghi ${thousands(stored.perSecond)} phiếu/giây (${thousands(stored.created)} phiếu trong lúc đo)`)
    for (const { name, live, dead, updates, hotShare, bytes } of tables.tables)
      console.log(
        `  ${name.padEnd(14)} ${thousands(live)} dòng, ${thousands(dead)} dòng chết, ${thousands(updates)} lần sửa, HOT ${hotShare === null ? '–' : percent(hotShare)}, ${megabytes(bytes)} MB`,
      )
  }
  console.log('\nTỉ lệ p95 khi số phiếu gấp mười:')
  for (const { name, ratios } of listRatios(grown))
    console.log(`  ${name.padEnd(24)} ${ratios.map((one) => one.toFixed(2)).join('  ')}`)
}

/** Prints each promise and whether it holds; true when all do. */
export function printGrowthClaims(grown: Grown[], many: Grown | null): boolean {
  const [empty, largest] = [grown[0], grown.at(-1)]
  if (!empty || !largest || grown.length < 2) return true
  const slowest = slowestOf(largest)
  const ratios = listRatios(grown).flatMap(({ ratios: own }) => own)
  const worst = Math.max(0, ...ratios)
  const storing =
    Math.min(...[...grown.slice(1), ...(many ? [many] : [])].map(({ stored }) => stored.perSecond)) /
    empty.stored.perSecond
  const claims: [boolean, string][] = [
    [
      slowest <= slowestMs,
      `trang chậm nhất ở ${thousands(largest.responses)} phiếu: p95 ${slowest.toFixed(0)} ms (hứa ≤ ${slowestMs})`,
    ],
    [worst <= largestRatio, `gấp mười số phiếu thì p95 nhiều nhất gấp ${worst.toFixed(2)} (hứa ≤ ${largestRatio})`],
    ...(many ? [claimOf(many)] : []),
    [storing >= leastStoring, `ghi giữ được ${percent(storing)} tốc độ lúc trống (hứa ≥ ${percent(leastStoring)})`],
  ]
  console.log('')
  for (const [holds, sentence] of claims) console.log(`${holds ? 'ĐẠT      ' : 'KHÔNG ĐẠT'} ${sentence}`)
  return claims.every(([holds]) => holds)
}

const slowestOf = ({ pages }: Grown): number => Math.max(...pages.map(({ p95Ms }) => p95Ms))

const claimOf = (many: Grown): [boolean, string] => [
  slowestOf(many) <= slowestMs,
  `trang chậm nhất của một trong ${many.label}: p95 ${slowestOf(many).toFixed(0)} ms (hứa ≤ ${slowestMs})`,
]

/** Of each page from one size to the next, as if it had grown ten-fold. */
function listRatios(grown: Grown[]): { name: string; ratios: number[] }[] {
  const filled = grown.filter(({ responses }) => responses > 0)
  return (filled[0]?.pages ?? []).map(({ name }) => ({
    name,
    ratios: filled.slice(1).map((now, index) => {
      const before = filled[index] as Grown
      const p95 = (of: Grown) => Math.max(grainMs, of.pages.find((page) => page.name === name)?.p95Ms ?? 0)
      return (p95(now) / p95(before)) ** (1 / Math.log10(now.responses / before.responses))
    }),
  }))
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`
const thousands = (value: number): string => Math.round(value).toLocaleString('vi-VN')
const megabytes = (bytes: number): string => thousands(bytes / 2 ** 20)
