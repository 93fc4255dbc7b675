import type { Connection } from '../../db/client.ts'
import { openRunningDatabase } from '../../db/embedded/launch.ts'
import { startProcess } from '../../tests/fixtures/process.ts'
import { links } from '../../web/links.ts'
import { createBodies, readAskedPlaces } from '../bench/bodies.ts'
import { readRotationKey } from '../bench/database.ts'

export const soakSettings = (dataDir: string) => ({
  DATA_DIR: dataDir,
  API_KEY: 'khoa-thu-ben-1',
  ADMIN_PASSWORD: 'mat-khau-thu-ben',
  PLACE_BUDGET_PER_HOUR: '100000000',
})

export type Body = { id: string; place: string }

/** A server in its own process on a data folder, and what is needed to answer it. */
export async function startForCitizens(dataDir: string) {
  const server = await startProcess(soakSettings(dataDir))
  const connection = connectionTo(dataDir)
  const makeBody = createBodies(await readAskedPlaces(server.url), await readRotationKey(connection), 1)
  return { server, makeBody: makeBody as () => Body }
}

export function connectionTo(dataDir: string): Connection {
  const connection = openRunningDatabase(dataDir)
  if (!connection) throw new Error('no database runs on the data folder')
  return connection
}

/** The reply's status, or undefined where there was none. */
export async function sendBody(url: string, body: Body): Promise<number | undefined> {
  const reply = await fetch(url + links.api.responses, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    // No reply is a result here.
  }).catch(() => undefined)
  // Read to its end, or the connection is not used again.
  await reply?.arrayBuffer().catch(() => {})
  return reply?.status
}
