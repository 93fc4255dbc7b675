import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundleProgram } from '../build.js'

const root = join(import.meta.dirname, '../..')

/** The bench's servers, bundled like the server itself; returns their path. */
export async function bundleServer(): Promise<string> {
  const folder = join(root, 'dist/bench')
  await bundleProgram(join(root, 'scripts/bench/server.ts'), { folder, name: 'server.js' })
  return join(folder, 'server.js')
}

/** How much of all cores is in use, as a share. */
export async function readBusyShare(forMs: number): Promise<number> {
  const before = readTimes()
  await pause(forMs)
  const after = readTimes()
  return 1 - (after.idle - before.idle) / (after.all - before.all)
}

function readTimes() {
  const times = cpus().map((cpu) => cpu.times)
  const all = times.flatMap((time) => Object.values(time)).reduce((sum, ms) => sum + ms, 0)
  return { all, idle: times.reduce((sum, time) => sum + time.idle, 0) }
}

/** What a process of the bench answers to a message. */
export async function ask<T>(child: ChildProcess, message: object | string): Promise<T> {
  child.send(message)
  const [answer] = (await once(child, 'message')) as [T]
  return answer
}
