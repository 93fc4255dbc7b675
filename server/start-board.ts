import { resolve } from 'node:path'
import { openDatabase } from '../db/client.ts'
import { markProvince, readUse } from '../db/communes/communes.ts'
import { inSchema } from '../db/connection/schema.ts'
import { launchDatabase } from '../db/embedded/launch.ts'
import { loadSecrets } from '../db/secrets.ts'
import { createBoard, startFollowing } from './board.ts'
import type { Config } from './config.ts'
import { portOf } from './http/server.ts'
import { createSealing, loadSealingKey } from './staff/sealing.ts'
import { prepare, type Running } from './start.ts'
import { keepSmall } from './system/keep-small.ts'

const communesDatabase =
  'Cơ sở dữ liệu này là của một xã; xin đặt DATA_DIR, DATABASE_URL hoặc DATABASE_SCHEMA khác cho bảng của tỉnh.'

/** The province's board: its own database, migrated like a commune's, with communes to read instead of places. */
export async function startBoard(config: Config, log: (message: string) => void): Promise<Running> {
  const embedded = config.databaseUrl ? null : await launchDatabase(resolve(config.dataDir), log)
  const connection = inSchema(embedded?.connection ?? (config.databaseUrl as string), config.databaseSchema)
  try {
    const sealing = createSealing(loadSealingKey(config.contactKey, resolve(config.dataDir)))
    const newPassword = await prepare(connection, config, async (query) => {
      if ((await readUse(query)) === 'commune') throw new Error(communesDatabase)
      await markProvince(query)
    })
    const database = openDatabase(connection)
    const secrets = await loadSecrets(database)
    const board = await createBoard({ config, database, secrets, sealing, now: Date.now })
    startFollowing(board)
    await board.app.listen({ host: config.host, port: config.port })
    const tidying = keepSmall()
    const stop = async () => {
      tidying.stop()
      await board.app.close()
      await database.close()
      await embedded?.stop()
    }
    return { port: portOf(board.app) ?? config.port, newPassword, examplePlace: null, stop }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
