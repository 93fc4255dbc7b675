// npm run migration -- --name=…: a new migration from the tables, and none of them names a schema: a commune's tables
// are made where its search path leads. Run it also after merging migrations that were made without it.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../db/migrations')

if (process.argv.length > 2)
  execFileSync('npx', ['drizzle-kit', 'generate', ...process.argv.slice(2)], { stdio: 'inherit' })
for (const name of readdirSync(folder).filter((one) => one.endsWith('.sql'))) {
  const text = readFileSync(join(folder, name), 'utf8')
  const free = text.replaceAll('"public".', '')
  // Nothing compares a migration's hash: a database that has run it does not run it again.
  if (free !== text) writeFileSync(join(folder, name), free)
}
