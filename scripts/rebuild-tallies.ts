// npm run rebuild-tallies: counts every response anew and mends the tallies, place by place, while answers come in.
import { openDatabase, prepareDatabase } from '../db/client.ts'
import { rebuildTallies } from '../db/respond/rebuild.ts'
import { planVersion } from '../server/catalogue/draw-rules.ts'
import { addToCells, keyOfCell } from '../server/tallies/rules.ts'
import { runCommand } from './command/run.ts'
import { withDatabase } from './command/with-database.ts'

runCommand(() =>
  withDatabase(async (connection) => {
    await prepareDatabase(connection, async () => {})
    const database = openDatabase(connection)
    try {
      const { places, responses, differing } = await rebuildTallies(database, { planVersion, addToCells, keyOfCell })
      console.log(`Đã đếm lại ${responses} phiếu của ${places} nơi phục vụ; ${differing} ô số đếm khác và đã được sửa.`)
    } finally {
      await database.close()
    }
  }),
)
