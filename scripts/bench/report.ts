import { languages } from '../../server/catalogue/contract.ts'
import type { Logged, Stored } from './database.ts'
import type { Measured } from './load.ts'
import type { PageBytes } from './pages.ts'
import type { Side } from './server.ts'

export type Figures = Measured & { side: Side; connections: number; rssBytes: number; cpuMicrosPerReply: number }

const names: Record<Side, string> = {
  stores: 's  ghi thật',
  unlogged: 'd  như s, không sổ cái',
  parses: 'a  như s, không ghi',
  rows: 'b  ghi từng dòng',
  bare: 'c  Fastify trần',
}
const largestPage = 14_600
const largestIsland = 6 * 1024

/** One line per side and number of connections: the best of its rounds, the one least disturbed by others. */
export function printFigures(figures: Figures[], busyBefore: number): void {
  console.log(
    `Trước khi đo, máy đã bận ${percent(busyBefore)}. Hãy đọc tỉ lệ; mỗi số là lần tốt nhất trong các lần đo.\n`,
  )
  console.log(row(['kết nối', 'bên', 'phiếu/giây', 'p50 ms', 'p99 ms', 'CPU µs/phiếu', 'RSS MB', 'từng lần']))
  for (const connections of new Set(figures.map((one) => one.connections))) {
    for (const side of Object.keys(names) as Side[]) {
      const best = findBest(figures, side, connections)
      const each = listOf(figures, side, connections).map((one) => thousands(one.perSecond))
      const cells = [
        thousands(best.perSecond),
        best.p50Ms.toFixed(2),
        best.p99Ms.toFixed(2),
        best.cpuMicrosPerReply.toFixed(0),
      ]
      console.log(
        row([String(connections), names[side], ...cells, (best.rssBytes / 2 ** 20).toFixed(0), each.join('  ')]),
      )
    }
    const to = (side: Side) => percent(ratio(figures, side, connections))
    console.log(
      row([
        '',
        'tỉ lệ',
        `s/d ${to('unlogged')}`,
        `s/a ${to('parses')}`,
        `s/b ${to('rows')}`,
        `s/c ${to('bare')}`,
        '',
        '',
      ]),
    )
  }
}

/** A rush of a minute: the ledger's own work is in it. */
export function printLasting(longer: Figures[]): void {
  console.log('\nDồn dập cả phút, 64 kết nối (sổ cái không đợi được nữa, ghi ngay trong lúc nhận):')
  for (const { side, perSecond, cpuMicrosPerReply } of longer)
    console.log(row(['', names[side], thousands(perSecond), '', '', cpuMicrosPerReply.toFixed(0)]))
  console.log(row(['', 'tỉ lệ', `s/d ${percent(ratio(longer, 'unlogged', 64))}`]))
}

export function printPages({ pages, islands }: PageBytes): void {
  console.log('\nTrang của người dân trên đường truyền (gzip, cả phần đầu), byte:')
  for (const { questionnaire, bytes } of pages) {
    console.log(
      `  ${questionnaire.padEnd(28)}${languages.map((one) => `${one} ${thousands(bytes[one])}`.padEnd(14)).join('')}`,
    )
  }
  for (const { file, bytes } of islands) console.log(`  ${file.padEnd(28)}${thousands(bytes)}`)
}

/** Prints each promise and whether it holds; true when all do. */
export function printClaims(
  figures: Figures[],
  longer: Figures[],
  { pages, islands }: PageBytes,
  stored: Stored & { logged: Logged },
): boolean {
  const share = (side: Side, connections: number) => ratio(figures, side, connections)
  const all = [...figures, ...longer]
  const replies = all.filter((one) => one.side === 'stores')
  const created = replies.reduce((sum, one) => sum + (one.replies[201] ?? 0), 0)
  const other = all.reduce((sum, one) => sum + one.errors + countOther(one), 0)
  const widest = Math.max(...pages.flatMap(({ bytes }) => Object.values(bytes)))
  const claims: [boolean, string][] = [
    [
      share('parses', 256) >= 0.5,
      `256 kết nối: ghi giữ được ${percent(share('parses', 256))} tốc độ không ghi (hứa ≥ 50 %)`,
    ],
    [
      share('parses', 64) >= 0.38,
      `64 kết nối: ghi giữ được ${percent(share('parses', 64))} tốc độ không ghi (hứa ≥ 38 %)`,
    ],
    [
      share('rows', 64) > 1,
      `64 kết nối: nhanh bằng ${percent(share('rows', 64))} ghi từng dòng không số đếm (hứa > 100 %)`,
    ],
    ...[64, 256].map((connections): [boolean, string] => [
      share('unlogged', connections) >= 0.97,
      `${connections} kết nối: có sổ cái giữ được ${percent(share('unlogged', connections))} tốc độ không sổ cái (hứa ≥ 97 %)`,
    ]),
    [
      stored.logged.perSecond >= findBest(figures, 'stores', 256).perSecond,
      `sổ cái ghi ${thousands(stored.logged.perSecond)} dòng/giây (hứa ≥ tốc độ nhận cao nhất)`,
    ],
    [
      stored.responses === created,
      `${thousands(created)} lần trả 201, ${thousands(stored.responses)} phiếu được lưu (hứa bằng nhau)`,
    ],
    [stored.differing === 0, `${stored.differing} ô số đếm khác với đếm lại (hứa 0)`],
    [other === 0, `${other} trả lời khác 201 hoặc lỗi kết nối (hứa 0)`],
    [widest <= largestPage, `trang lớn nhất ${thousands(widest)} byte (hứa ≤ ${thousands(largestPage)})`],
    ...islands.map(({ file, bytes }): [boolean, string] => [
      bytes <= largestIsland,
      `${file} ${thousands(bytes)} byte (hứa ≤ ${thousands(largestIsland)})`,
    ]),
  ]
  console.log('')
  for (const [holds, sentence] of claims) console.log(`${holds ? 'ĐẠT      ' : 'KHÔNG ĐẠT'} ${sentence}`)
  return claims.every(([holds]) => holds)
}

const listOf = (figures: Figures[], side: Side, connections: number) =>
  figures.filter((one) => one.side === side && one.connections === connections)

const findBest = (figures: Figures[], side: Side, connections: number): Figures =>
  listOf(figures, side, connections).reduce((best, one) => (one.perSecond > best.perSecond ? one : best))

const ratio = (figures: Figures[], side: Side, connections: number): number =>
  findBest(figures, 'stores', connections).perSecond / findBest(figures, side, connections).perSecond

const countOther = ({ replies }: Figures): number =>
  Object.entries(replies).reduce((sum, [status, count]) => sum + (status === '201' ? 0 : count), 0)

const row = ([connections = '', side = '', ...cells]: string[]): string =>
  `${connections.padStart(7)}  ${side.padEnd(20)}${cells.map((cell) => cell.padStart(13)).join('')}`

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`

const thousands = (value: number): string => Math.round(value).toLocaleString('vi-VN')
