import { once } from 'node:events'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Connection } from '../../db/client.ts'
import { postgresPid, type ServerProcess, startProcess } from '../../tests/fixtures/process.ts'
import { recount } from '../bench/database.ts'
import { type Body, connectionTo, sendBody, soakSettings, startForCitizens } from './citizens.ts'
import type { Finding } from './finding.ts'

const kills = 20
const citizens = 16
const answersBeforeKill = 200
const longestWaitMs = 30_000

type Round = {
  acknowledged: number
  stored: number
  missing: number
  twice: number
  differing: number
  startMs: number
}

/** kill -9 under load, again and again on one folder, every second time of the database too. */
export async function soakKills(folder: string): Promise<Finding[]> {
  const dataDir = join(folder, 'data')
  const acknowledged = new Set<string>()
  const rounds: Round[] = []
  let { server, makeBody } = await startForCitizens(dataDir)
  console.log('  lần  CSDL        đã nhận   đã lưu  thiếu  trùng  lệch  khởi động lại')
  for (let kill = 1; kill <= kills; kill += 1) {
    const killsBoth = kill % 2 === 0
    await killUnderLoad(server, { dataDir, killsBoth, makeBody, acknowledged })
    const startedAt = performance.now()
    server = await startProcess(soakSettings(dataDir))
    const startMs = performance.now() - startedAt
    const round = { ...(await compare(connectionTo(dataDir), acknowledged)), startMs }
    rounds.push(round)
    const figures = [round.acknowledged, round.stored, round.missing, round.twice, round.differing]
    const widths = [9, 9, 7, 7, 6]
    const cells = figures.map((figure, index) => String(figure).padStart(widths[index] as number)).join('')
    console.log(
      `${String(kill).padStart(5)}  ${killsBoth ? 'bị giết  ' : 'còn chạy '}${cells}  ${startMs.toFixed(0)} ms`,
    )
  }
  await server.end('SIGTERM')
  return judge(rounds)
}

type Load = { dataDir: string; killsBoth: boolean; makeBody: () => Body; acknowledged: Set<string> }

async function killUnderLoad(
  server: ServerProcess,
  { dataDir, killsBoth, makeBody, acknowledged }: Load,
): Promise<void> {
  const enough = acknowledged.size + answersBeforeKill
  const until = performance.now() + longestWaitMs
  const exited = once(server.child, 'exit')
  let killed = false
  const kill = () => {
    killed = true
    const database = postgresPid(dataDir)
    server.child.kill('SIGKILL')
    if (killsBoth) process.kill(database, 'SIGKILL')
  }
  const answerOn = async () => {
    while (!killed) {
      const body = makeBody()
      if ((await sendBody(server.url, body)) === 201) acknowledged.add(body.id)
      if (!killed && (acknowledged.size >= enough || performance.now() > until)) kill()
    }
  }
  await Promise.all(Array.from({ length: citizens }, answerOn))
  await exited
}

async function compare(connection: Connection, acknowledged: Set<string>): Promise<Omit<Round, 'startMs'>> {
  const sql = typeof connection === 'string' ? postgres(connection) : postgres({ ...connection, max: 1 })
  const rows = await sql<{ id: string }[]>`select id from responses`
  await sql.end()
  const stored = new Set(rows.map((row) => row.id))
  const missing = [...acknowledged].filter((id) => !stored.has(id)).length
  const { differing } = await recount(connection)
  return { acknowledged: acknowledged.size, stored: rows.length, missing, twice: rows.length - stored.size, differing }
}

function judge(rounds: Round[]): Finding[] {
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0)
  const last = rounds.at(-1) as Round
  const unanswered = last.stored - last.acknowledged
  return [
    [
      sum((one) => one.missing) === 0,
      `${kills} lần kill -9: không phiếu nào đã nhận bị mất (${last.acknowledged} phiếu)`,
    ],
    [sum((one) => one.twice) === 0, `${kills} lần kill -9: không phiếu nào được lưu hai lần`],
    [sum((one) => one.differing) === 0, `${kills} lần kill -9: số đếm bằng đếm lại sau mỗi lần`],
    [
      unanswered <= kills * citizens,
      `${unanswered} phiếu được lưu mà câu trả lời không kịp tới (nhiều nhất ${kills * citizens}: mỗi lần ${citizens} phiếu đang gửi)`,
    ],
  ]
}
