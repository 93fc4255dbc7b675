import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { type ClientRequest, get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TodayView } from '../../server/today/contract.ts'
import { links } from '../../web/links.ts'
import { type Body, sendBody, soakSettings, startForCitizens } from './citizens.ts'
import type { Finding } from './finding.ts'

const boards = 200
const rounds = 60
const answersPerRound = 40
const longestMs = 2000
const givenUpMs = 15_000

/** Two hundred boards that follow today while answers come in. */
export async function soakBoards(folder: string): Promise<Finding[]> {
  const dataDir = join(folder, 'data')
  const { server, makeBody } = await startForCitizens(dataDir)
  const wall = await openBoards(server.url, await signIn(server.url))
  const delays: number[] = []
  const rss: number[] = []
  let stored = 0
  for (let round = 0; round < rounds && delays.every((delay) => delay < givenUpMs); round += 1) {
    stored += await answerForASecond(server.url, makeBody)
    delays.push(await wall.untilAllShow(stored))
    rss.push(readRss(server.child.pid as number))
  }
  wall.close()
  await server.end('SIGTERM')
  const slowest = Math.max(...delays)
  const [middle, late] = [rss.slice(rounds / 3, (rounds * 2) / 3), rss.slice((rounds * 2) / 3)].map((part) =>
    Math.max(...part),
  )
  const megabytes = (bytes = 0) => `${(bytes / 2 ** 20).toFixed(0)} MB`
  console.log(
    `  ${boards} bảng, ${stored} phiếu, chậm nhất ${slowest.toFixed(0)} ms, trung vị ${median(delays).toFixed(0)} ms`,
  )
  console.log(`  bộ nhớ: đầu ${megabytes(rss[0])}, giữa ${megabytes(middle)}, cuối ${megabytes(late)}`)
  return [
    [wall.lost() === 0, `${boards} bảng cùng mở: ${wall.lost()} bảng bị ngắt (hứa 0)`],
    [slowest <= longestMs, `số phiếu tới mọi bảng chậm nhất sau ${slowest.toFixed(0)} ms (hứa ≤ ${longestMs})`],
    [
      (late ?? 0) <= (middle ?? 0) * 1.15,
      `bộ nhớ máy chủ: cuối ${megabytes(late)}, giữa ${megabytes(middle)} (hứa tăng ≤ 15 %)`,
    ],
  ]
}

async function signIn(url: string): Promise<string> {
  const { ADMIN_PASSWORD: password } = soakSettings('')
  const body = new URLSearchParams({ username: 'admin', password })
  const reply = await fetch(url + links.signIn(), { method: 'POST', redirect: 'manual', body })
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** How many were stored. */
async function answerForASecond(url: string, makeBody: () => Body): Promise<number> {
  const statuses = await Promise.all(
    Array.from({ length: answersPerRound }, async (_, index) => {
      await pause((index * 1000) / answersPerRound)
      return sendBody(url, makeBody())
    }),
  )
  return statuses.filter((status) => status === 201).length
}

/** Opens the streams; each board's number is what it shows as received today, over all places. */
async function openBoards(url: string, cookie: string) {
  const shown = new Array<number>(boards).fill(-1)
  let lost = 0
  let closing = false
  // Every board is sent the same text: it is read once.
  const read = { text: '', received: 0 }
  const receive = (board: number, text: string) => {
    if (text !== read.text) Object.assign(read, { text, received: countReceived(text) })
    shown[board] = read.received
  }
  const requests = shown.map((_, board) =>
    follow(
      url,
      cookie,
      (text) => receive(board, text),
      () => {
        if (!closing) lost += 1
      },
    ),
  )
  const untilAllShow = async (count: number): Promise<number> => {
    const startedAt = performance.now()
    while (shown.some((received) => received < count) && performance.now() - startedAt < givenUpMs) await pause(10)
    return performance.now() - startedAt
  }
  await untilAllShow(0)
  return {
    untilAllShow,
    lost: () => lost,
    close: () => {
      closing = true
      for (const request of requests) request.destroy()
    },
  }
}

function follow(url: string, cookie: string, onEvent: (data: string) => void, onLost: () => void): ClientRequest {
  const request = get(url + links.live, { headers: { cookie }, agent: false }, (reply) => {
    let unread = ''
    reply.setEncoding('utf8')
    reply.on('data', (part: string) => {
      const events = (unread + part).split('\n\n')
      unread = events.pop() as string
      for (const event of events) {
        const data = event.split('\n').find((line) => line.startsWith('data: '))
        if (data) onEvent(data.slice('data: '.length))
      }
    })
    reply.on('close', onLost)
  })
  request.on('error', () => {})
  return request
}

function countReceived(text: string): number {
  const view = JSON.parse(text) as TodayView
  return view.agencies.reduce((sum, agency) => sum + agency.received, 0)
}

function readRss(pid: number): number {
  const status = `/proc/${pid}/status`
  if (existsSync(status)) return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) * 1024
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) * 1024
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number
