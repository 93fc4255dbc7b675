import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { AgencyId, PlaceId } from '../../server/catalogue/contract.ts'
import type { DeviceKind, DeviceRow } from '../../server/tickets/contract.ts'
import { places } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { hashToken } from '../staff/members.ts'
import { devices } from './tables.ts'

/** The devices of a place, newest first. */
export async function readDevices(database: Database, placeId: PlaceId): Promise<DeviceRow[]> {
  const { id, name, kind, madeBy, enrolledAt, seenOn, revokedAt, linkExpiresAt } = devices
  return database.query
    .select({ id, name, kind, madeBy, enrolledAt, seenOn, revokedAt, linkExpiresAt })
    .from(devices)
    .where(eq(devices.placeId, placeId))
    .orderBy(desc(devices.id))
}

export type NewDevice = {
  placeId: PlaceId
  agencyId: AgencyId
  place: string
  name: string
  kind: DeviceKind
  /** Opens the enrolment once, until then (ISO). */
  link: string
  linkExpiresAt: string
  actor: string
}

/** A device that waits for its link to be opened on it. */
export async function addDevice(database: Database, { link, actor, place, agencyId, ...given }: NewDevice) {
  await database.query.transaction(async (transaction) => {
    await transaction.insert(devices).values({ ...given, linkHash: hashToken(link), madeBy: actor })
    const { name, kind } = given
    await recordAudit(transaction, { actor, action: 'device.add', subject: place, agencyId, after: { name, kind } })
  })
}

export type EnrolledDevice = { id: number; name: string; kind: DeviceKind; placeId: PlaceId; seenOn: string | null }

const enrolled = {
  id: devices.id,
  name: devices.name,
  kind: devices.kind,
  placeId: devices.placeId,
  seenOn: devices.seenOn,
}

/** The device whose link this is, while the link is good. */
export async function findByLink(database: Database, link: string, now: string): Promise<EnrolledDevice | undefined> {
  const good = sql`${devices.linkExpiresAt} > ${now}`
  const [row] = await database.query
    .select(enrolled)
    .from(devices)
    .where(and(eq(devices.linkHash, hashToken(link)), isNull(devices.revokedAt), good))
  return row
}

/** Uses the link up: from now on the token is the device. Undefined when another was quicker. */
export async function enrolDevice(
  database: Database,
  link: string,
  token: string,
  now: string,
): Promise<EnrolledDevice | undefined> {
  return database.query.transaction(async (transaction) => {
    const [row] = await transaction
      .update(devices)
      .set({ linkHash: null, linkExpiresAt: null, tokenHash: hashToken(token), enrolledAt: now })
      .where(
        and(eq(devices.linkHash, hashToken(link)), isNull(devices.revokedAt), sql`${devices.linkExpiresAt} > ${now}`),
      )
      .returning({ ...enrolled, madeBy: devices.madeBy })
    if (!row) return undefined
    const { madeBy, ...device } = row
    const [place] = await transaction.select().from(places).where(eq(places.id, device.placeId))
    const after = { name: device.name, kind: device.kind }
    await recordAudit(transaction, {
      actor: madeBy,
      action: 'device.enrol' as const,
      subject: place?.code ?? '',
      after,
      agencyId: place?.agencyId ?? null,
    })
    return device
  })
}

/** The device that holds this token; notes once a day that it was seen. */
export async function findDevice(
  database: Database,
  token: string,
  today: string,
): Promise<EnrolledDevice | undefined> {
  const held = and(eq(devices.tokenHash, hashToken(token)), isNull(devices.revokedAt))
  const [row] = await database.query.select(enrolled).from(devices).where(held)
  if (row && row.seenOn !== today) await database.query.update(devices).set({ seenOn: today }).where(held)
  return row
}

/** False when there is no such device in force at the place. */
export async function revokeDevice(
  database: Database,
  {
    id,
    placeId,
    place,
    agencyId,
    actor,
  }: { id: number; placeId: PlaceId; place: string; agencyId: AgencyId; actor: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [row] = await transaction
      .update(devices)
      .set({ revokedAt: sql`now()`, linkHash: null })
      .where(and(eq(devices.id, id), eq(devices.placeId, placeId), isNull(devices.revokedAt)))
      .returning({ name: devices.name, kind: devices.kind })
    if (!row) return false
    await recordAudit(transaction, { actor, action: 'device.revoke', subject: place, agencyId, before: row })
    return true
  })
}
