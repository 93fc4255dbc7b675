// npm run reset-admin: a new password for the administrator (ADMIN_PASSWORD or one made here), without a second factor, ending every session.
import { prepareDatabase } from '../db/client.ts'
import { createAdministrator, resetAdministrator } from '../db/staff/members.ts'
import { takeCasesBack } from '../server/cases/hand-back.ts'
import { readConfig } from '../server/config.ts'
import { hashPassword, makePassword } from '../server/staff/sign-in/passwords.ts'
import { administratorName } from '../server/start.ts'
import { runCommand } from './command/run.ts'
import { withDatabase } from './command/with-database.ts'

runCommand(async () => {
  const chosen = readConfig(process.env).adminPassword
  const password = chosen ?? makePassword()
  const passwordHash = await hashPassword(password)
  await withDatabase((connection) =>
    prepareDatabase(connection, async (database) => {
      const isReset = await resetAdministrator(database, administratorName, passwordHash, takeCasesBack)
      if (!isReset) await createAdministrator(database, administratorName, passwordHash)
    }),
  )
  console.log(
    chosen ? `Đã đặt lại mật khẩu của ${administratorName}.` : `Mật khẩu mới của ${administratorName}: ${password}`,
  )
})
