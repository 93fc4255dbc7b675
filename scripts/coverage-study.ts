import { readReference } from '../db/reference/reference.ts'
import { type Plan, planVersion } from '../server/catalogue/draw-rules.ts'
import {
  type Cell,
  correlations,
  countFalseChanges,
  indexes,
  listCells,
  listStrataCells,
  type Outcome,
  simulateCell,
  simulateList,
  simulateStrata,
  sizes,
} from './study/cells.ts'
import { countFalseSignals, firstJudged, listPlaces, shareFound } from './study/chart.ts'

/** `npm run coverage-study -- 1500`: simulates what METHOD.md claims, prints tables, worst cases last. Vietnamese, as METHOD.md. */
const runs = Number(process.argv[2] ?? 1500)
if (!Number.isInteger(runs) || runs < 1) throw new Error('Số lần mô phỏng mỗi ô phải là một số nguyên dương.')

const questionnaire = readReference().questionnaires.find(({ code }) => code === 'administrative')
if (!questionnaire) throw new Error('the administrative questionnaire is missing')
const plan = planVersion(questionnaire)
const decimal = (value: number, digits: number) => value.toFixed(digits).replace('.', ',')
const percent = (share: number, digits = 1) => `${decimal(share * 100, digits)} %`

studyIntervals(plan)
studyRotation(plan)
studyStrata(plan)
studyLists(plan)
studyChanges(plan)
studyChart(plan)

function studyIntervals(plan: Plan): void {
  const results = listCells().map((cell, at) => ({ cell, outcome: simulateCell(plan, cell, runs, 10_000 + at) }))
  console.log(
    `Khoảng 95 %: ${results.length} ô × ${runs} lần. Mỗi số: thấp nhất trong 24 ô (tương quan, kiểu, bốc, độ đều)\n`,
  )
  console.log(row(['chỉ số', ...sizes.map((size) => `${size} phiếu`)]))
  for (const index of indexes) {
    const lowest = sizes.map((size) =>
      Math.min(
        ...results
          .filter(({ cell }) => cell.index === index && cell.respondents === size)
          .map(({ outcome }) => outcome.covered),
      ),
    )
    console.log(row([percent(index, 0), ...lowest.map((share) => percent(share))]))
  }
  printWorst('phủ thấp nhất', results, ({ covered }) => -covered)
  printWorst('"đạt" sai nhiều nhất', results, ({ wronglyMet }) => wronglyMet)
}

type Result = { cell: Cell; outcome: Outcome }

/** The worst of hundreds of cells is partly bad luck: the ten worst are simulated anew, ten times as often. */
function printWorst(title: string, results: Result[], badness: (outcome: Outcome) => number): void {
  const byBadness = (a: Result, b: Result) => badness(b.outcome) - badness(a.outcome)
  const [first, ...others] = [...results].sort(byBadness).slice(0, 10) as [Result, ...Result[]]
  const again = [first, ...others]
    .map(({ cell }, at) => ({ cell, outcome: simulateCell(plan, cell, runs * 10, 90_000 + at) }))
    .sort(byBadness)
  console.log(`\n${title}: ${describe(first)}`)
  console.log(`  mười ô tệ nhất, tính lại ${runs * 10} lần bằng số ngẫu nhiên khác: ${describe(again[0] as Result)}`)
}

function describe({ cell, outcome }: Result): string {
  const words = [
    `chỉ số ${percent(cell.index, 0)}`,
    `${cell.respondents} phiếu`,
    `tương quan ${decimal(cell.correlation, 1)}`,
    cell.kind === 'beta' ? 'beta-nhị thức' : 'trả lời một mạch',
    cell.rotated ? 'bốc tiêu chí' : 'hỏi đủ',
    cell.uneven ? 'không đều' : 'đều',
  ]
  return `phủ ${percent(outcome.covered, 2)}, "đạt" sai ${percent(outcome.wronglyMet, 2)} (${words.join(', ')})`
}

function studyRotation(plan: Plan): void {
  const differences = correlations.flatMap((correlation, row) =>
    (['beta', 'straight'] as const).map((kind, column) => {
      const crowd = { index: 0.9, correlation, kind, uneven: true, respondents: 200 }
      const [rotated, full] = [true, false].map((rotated) =>
        simulateCell(plan, { ...crowd, rotated }, runs * 2, 20_000 + row * 10 + column * 2 + Number(rotated)),
      ) as [Outcome, Outcome]
      const points = Math.abs(rotated.meanScore - full.meanScore)
      return { points, errors: points / Math.hypot(rotated.standardError, full.standardError) }
    }),
  )
  const largest = differences.sort((a, b) => b.errors - a.errors)[0] as (typeof differences)[number]
  const words = `${decimal(largest.points, 3)} điểm phần trăm = ${decimal(largest.errors, 1)} sai số chuẩn`
  console.log(`\nBốc tiêu chí so với hỏi đủ, cùng đám đông, ${differences.length} ô: lệch nhiều nhất ${words}`)
}

function studyStrata(plan: Plan): void {
  const outcomes = listStrataCells().map((cell, at) => simulateStrata(plan, cell, runs, 30_000 + at))
  printOutcomes('Phân tầng theo lượt', outcomes)
}

function studyLists(plan: Plan): void {
  const crowds = [0.8, 0.9, 0.97].flatMap((index) =>
    correlations.flatMap((correlation) =>
      (['beta', 'straight'] as const).map((kind) => ({ index, correlation, kind, uneven: false })),
    ),
  )
  const outcomes = crowds.map((crowd, at) =>
    simulateList(plan, crowd, { people: 500, drawn: 223, runs, seed: 40_000 + at }),
  )
  printOutcomes('Bốc 223 trong danh sách 500 người, hiệu chỉnh dân số hữu hạn', outcomes)
}

function printOutcomes(title: string, outcomes: Outcome[]): void {
  const lowest = Math.min(...outcomes.map(({ covered }) => covered))
  const wrong = Math.max(...outcomes.map(({ wronglyMet }) => wronglyMet))
  console.log(
    `\n${title}: ${outcomes.length} ô, phủ thấp nhất ${percent(lowest)}, "đạt" sai nhiều nhất ${percent(wrong)}`,
  )
}

function studyChanges(plan: Plan): void {
  const cells = listCells().filter(({ respondents, uneven }) => respondents <= 200 && !uneven)
  const most = Math.max(...cells.map((cell, at) => countFalseChanges(plan, cell, runs, 50_000 + at)))
  console.log(
    `\nSo hai kỳ khi không có gì đổi: ${cells.length} ô, kết luận "tăng" hoặc "giảm" sai nhiều nhất ${percent(most)}`,
  )
}

function studyChart(plan: Plan): void {
  const years = Math.ceil(runs / 12)
  const places = listPlaces().map((place, at) => ({
    place,
    signals: countFalseSignals(plan, place, years, 60_000 + at),
  }))
  for (const drift of [0, 0.01]) {
    const counted = places.filter(({ place }) => place.drift === drift)
    const worst = Math.max(...counted.map(({ signals }) => signals.fall + signals.rise))
    const falls = Math.max(...counted.map(({ signals }) => signals.fall))
    const mean = counted.reduce((sum, { signals }) => sum + signals.fall + signals.rise, 0) / counted.length
    const words = `nhiều nhất ${decimal(worst, 2)} (báo giảm ${decimal(falls, 2)}), trung bình ${decimal(mean, 2)}`
    console.log(
      `\nBáo nhầm mỗi nơi một năm, dao động thật giữa các tuần ${percent(drift, 0)}: ${words}; ${years} năm mỗi ô`,
    )
  }
  for (const before of [firstJudged, 28]) {
    for (const drift of [0, 0.01]) {
      const shares = correlations.flatMap((correlation) =>
        (['beta', 'straight'] as const).map((kind) => {
          const place = { index: 0.95, perWeek: 100, correlation, kind, rotated: true, uneven: false, drift }
          return shareFound(plan, place, { fallTo: 0.85, before, runs, seed: 70_000 })
        }),
      )
      const words = `dao động thật ${percent(drift, 0)}: ít nhất ${percent(Math.min(...shares))}`
      console.log(`Giảm từ 95 xuống 85 sau ${before} tuần, thấy trong ba tuần, 100 phiếu một tuần, ${words}`)
    }
  }
}

function row(cells: string[]): string {
  return cells.map((cell) => cell.padEnd(12)).join('')
}
