import { attackers } from './study/stuffing/attackers.ts'
import { type AttackOutcome, attackPlace, watchHonest } from './study/stuffing/outcomes.ts'
import { type Change, changes, type Town } from './study/stuffing/town.ts'

/**
 * `npm run stuffing-study -- 2`: what honest and false answers the door and the signs tell apart, for so many seeds.
 * Further words choose attackers by what stands in their name; `thật` the honest places.
 */
const chosen = process.argv.slice(3)
const isChosen = (name: string) => chosen.length === 0 || chosen.some((word) => name.includes(word))
const seeds = Number(process.argv[2] ?? 2)
if (!Number.isInteger(seeds) || seeds < 1) throw new Error('Số lần mô phỏng phải là một số nguyên dương.')

const decimal = (value: number, digits = 1) => value.toFixed(digits).replace('.', ',')
const total = { honest: 0, aside: 0 }
const percent = (share: number, digits = 1) => `${decimal(share * 100, digits)} %`
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** Every weekly size, from a third to nearly two thirds answering straight; half with market days, two with proof. */
const towns: Town[] = [
  { perWeek: 25, straight: 0.45, satisfied: 0.9, proven: 0, market: 1 },
  { perWeek: 50, straight: 0.6, satisfied: 0.9, proven: 0.3, market: 2 },
  { perWeek: 100, straight: 0.3, satisfied: 0.9, proven: 0, market: 1 },
  { perWeek: 200, straight: 0.45, satisfied: 0.9, proven: 0.3, market: 2 },
  { perWeek: 400, straight: 0.6, satisfied: 0.9, proven: 0, market: 2 },
]
const changeNames: Record<Change, string> = {
  later_closing: 'đóng cửa muộn thêm một giờ',
  campaign: 'cứ bốn tuần một tuần đông gấp đôi',
  at_desk: 'cán bộ mới mời trả lời ngay tại quầy',
}
const changedTowns = (change: Change): Town[] =>
  [100, 400].flatMap((perWeek) => towns.filter((town) => town.perWeek === perWeek).map((town) => ({ ...town, change })))
const nameOf = ({ perWeek, straight, proven }: Town) =>
  `${perWeek} phiếu một tuần, một mạch ${percent(straight, 0)}, có kiểm chứng ${percent(proven, 0)}`

if (isChosen('thật')) {
  studyHonest('Không ai gian dối', towns)
  for (const change of changes) studyHonest(`Không ai gian dối, ${changeNames[change]}`, changedTowns(change))
}
for (const attacker of attackers.filter(({ name }) => isChosen(name))) studyAttacker(attacker)
console.log(`Các cách nhồi được hứa, tất cả: phiếu thật để riêng ${percent(total.aside / total.honest, 2)}`)

function studyHonest(title: string, places: Town[]): void {
  const rows = places.map((town, at) => {
    const runs = Array.from({ length: seeds }, (_, seed) => watchHonest(town, 1000 + at * 100 + seed * 2))
    return { town, runs, honest: sum(runs.map(({ honest }) => honest)), aside: sum(runs.map(({ aside }) => aside)) }
  })
  const all = percent(sum(rows.map(({ aside }) => aside)) / sum(rows.map(({ honest }) => honest)), 2)
  const worst = rows.sort((a, b) => b.aside / b.honest - a.aside / a.honest)[0] as (typeof rows)[number]
  const patterns = sum(rows.flatMap(({ runs }) => runs.map((run) => run.patterns)))
  const runs = rows.length * seeds
  console.log(`${title}: ${rows.length} nơi × ${seeds} lần, nửa năm`)
  console.log(
    `  phiếu thật bị để riêng hoặc vào nhóm: ${all}; nơi nhiều nhất ${percent(worst.aside / worst.honest, 2)} (${nameOf(worst.town)})`,
  )
  console.log(
    `  nhóm đề xuất nhầm: ${patterns} trong ${runs} lần nửa năm, ${decimal(patterns / (runs / 2), 2)} mỗi nơi một năm`,
  )
  console.log(`  do: ${describeTakers(rows.flatMap(({ runs }) => runs.map(({ by }) => by)))}\n`)
}

function studyAttacker(attacker: (typeof attackers)[number]): void {
  const rows = towns.map((town, at) => ({
    town,
    runs: Array.from({ length: seeds }, (_, seed) => attackPlace(town, attacker, 50_000 + at * 100 + seed * 2)),
  }))
  const runs = rows.flatMap(({ runs: own }) => own)
  const fakes = sum(runs.map((run) => run.fakes))
  if (attacker.promised) {
    total.honest += sum(runs.map((run) => run.honest))
    total.aside += sum(runs.map((run) => run.honestAside))
  }
  console.log(`${attacker.name}${attacker.promised ? '' : ' (không hứa)'}`)
  if (fakes > 0) {
    const shareOf = (of: AttackOutcome[], what: 'keptOut' | 'outOfVerdict') =>
      sum(of.map((run) => run[what])) / sum(of.map((run) => run.fakes))
    const lowest = rows
      .map((row) => ({ ...row, share: shareOf(row.runs, 'outOfVerdict') }))
      .sort((a, b) => a.share - b.share)[0]
    console.log(
      `  giữ khỏi điểm ${percent(shareOf(runs, 'keptOut'))}, khỏi kết luận ${percent(shareOf(runs, 'outOfVerdict'))}; nơi thấp nhất ${percent(lowest?.share ?? 0)} (${nameOf(lowest?.town as Town)})`,
    )
  } else
    console.log(
      '  không có phiếu giả nào: không dấu hiệu nào tìm được; chỉ tỷ lệ trả lời theo phiếu một lần mới nói được',
    )
  printScores(runs)
  console.log(`  do: ${describeTakers(runs.map(({ by }) => by))}\n`)
}

function printScores(runs: AttackOutcome[]): void {
  const mean = (values: number[]) => sum(values) / values.length
  const moved = runs.map((run) => Math.abs(run.moved))
  console.log(
    `  điểm mang kết luận xê dịch ${decimal(mean(moved), 2)}, nhiều nhất ${decimal(Math.max(...moved), 2)} (không phòng: ${decimal(mean(runs.map((run) => run.undefended)), 2)}, nhiều nhất ${decimal(Math.max(...runs.map((run) => run.undefended)), 2)})`,
  )
  const turned = runs.filter(({ under, without }) => under.verdict !== without.verdict)
  const wrong = turned.filter(({ under }) => under.verdict === 'met')
  console.log(`  kết luận đổi ${turned.length}/${runs.length}, trong đó thành "đạt" ${wrong.length}`)
  const aside = sum(runs.map((run) => run.honestAside)) / sum(runs.map((run) => run.honest))
  const most = Math.max(...runs.map((run) => run.honestAside / run.honest))
  console.log(`  phiếu thật để riêng ${percent(aside, 2)}, nơi nhiều nhất ${percent(most, 2)}`)
  const times = runs.map(({ daysToSign }) => daysToSign)
  const known = times.filter((time) => time !== null).sort((a, b) => a - b)
  const middle = known[known.length >> 1]
  console.log(
    `  dấu hiệu đầu tiên sau ${middle ?? '–'} ngày (trung vị); ${times.length - known.length}/${times.length} lần không có`,
  )
}

function describeTakers(all: ReadonlyMap<string, { fakes?: number; honest: number }>[]): string {
  const names = [...new Set(all.flatMap((by) => [...by.keys()]))].sort()
  const count = (name: string, what: 'fakes' | 'honest') => sum(all.map((by) => by.get(name)?.[what] ?? 0))
  return names.map((name) => `${name} ${count(name, 'fakes')} giả, ${count(name, 'honest')} thật`).join('; ') || 'không'
}
