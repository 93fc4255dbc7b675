// All communes one after the other: each is restarted and has to answer before the next one's turn comes.
import { execFileSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { Commune } from './book.ts'

export type Upgrade = {
  /** Restarts one commune's process; throws where that fails. */
  restart(name: string): Promise<void> | void
  /** How long a commune may take to answer (ms). */
  patienceMs: number
  tell(sentence: string): void
}

/** Throws at the first commune that does not come back; those after it are left as they are. */
export async function upgradeAll(communes: Commune[], { restart, patienceMs, tell }: Upgrade): Promise<void> {
  for (const [index, commune] of communes.entries()) {
    const startedAt = performance.now()
    try {
      await restart(commune.name)
    } catch (error) {
      throw new Error(stopped(communes, index, (error as Error).message))
    }
    const health = await waitForHealth(commune, patienceMs)
    if (health !== 'ok') throw new Error(stopped(communes, index, `/health: ${health}`))
    tell(
      `${index + 1}/${communes.length} ${commune.name}: chạy tốt sau ${Math.round(performance.now() - startedAt)} ms.`,
    )
  }
}

const stopped = (communes: Commune[], index: number, reason: string): string => {
  const rest = communes.slice(index + 1).map(({ name }) => name)
  const left = rest.length > 0 ? ` Chưa đụng đến: ${rest.join(', ')}.` : ''
  return `Dừng ở xã ${communes[index]?.name}: ${reason}.${left}`
}

/** 'ok', or what was heard last. */
async function waitForHealth(commune: Commune, patienceMs: number): Promise<string> {
  const until = performance.now() + patienceMs
  let heard = 'không trả lời'
  while (performance.now() < until) {
    heard = await readHealth(commune)
    if (heard === 'ok') return heard
    await pause(100)
  }
  return heard
}

/** 'ok', the status, or that nobody answers. */
export async function readHealth({ settings }: Commune): Promise<string> {
  try {
    const reply = await fetch(`http://${settings.HOST ?? '127.0.0.1'}:${settings.PORT}/health`, {
      signal: AbortSignal.timeout(2000),
    })
    return reply.ok ? 'ok' : `trả lời ${reply.status}`
  } catch {
    return 'không trả lời'
  }
}

/** As systemd knows it; journalctl says why where it fails. */
export const restartService = (name: string): void => {
  execFileSync('systemctl', ['restart', `ydan@${name}.service`], { stdio: ['ignore', 'ignore', 'pipe'] })
}
