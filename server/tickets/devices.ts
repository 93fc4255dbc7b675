import { type Database, isOutage } from '../../db/client.ts'
import { type EnrolledDevice, findDevice } from '../../db/tickets/devices.ts'
import { dayOf } from '../days.ts'
import type { DeviceKind } from './contract.ts'

/** Holds the token of the tablet or screen that this browser is. */
export const deviceCookie = 'yd_device'

/** A device that was revoked goes on for so long at most. */
const believedMs = 5000

export type Devices = {
  /** The enrolled device of a kind that this browser is. */
  find(cookies: Record<string, string | undefined>, kind: DeviceKind): Promise<EnrolledDevice | undefined>
  /** The same for showing a page, which goes on without a database. */
  findIfPossible(cookies: Record<string, string | undefined>, kind: DeviceKind): Promise<EnrolledDevice | undefined>
}

/** Knows enrolled devices by their cookie; what was read a moment ago is not read again. */
export function createDevices(database: Database, now: () => number): Devices {
  const known = new Map<string, { device: Promise<EnrolledDevice | undefined>; readAt: number }>()
  const read = (token: string) => {
    const last = known.get(token)
    if (last && Math.abs(now() - last.readAt) < believedMs) return last.device
    // Invented tokens must not fill the memory.
    if (known.size > 1000) known.clear()
    const device = findDevice(database, token, dayOf(now()))
    known.set(token, { device, readAt: now() })
    device.catch(() => known.delete(token))
    return device
  }
  const find: Devices['find'] = async (cookies, kind) => {
    const token = cookies[deviceCookie]
    if (!token || !/^[\w-]{43}$/.test(token)) return undefined
    const device = await read(token)
    return device?.kind === kind ? device : undefined
  }
  const findIfPossible: Devices['find'] = (cookies, kind) =>
    find(cookies, kind).catch((error) => {
      if (isOutage(error)) return undefined
      throw error
    })
  return { find, findIfPossible }
}
