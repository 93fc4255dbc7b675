// npm run commune -- add NAME --url ADDRESS | list | upgrade | backup NAME|--all | restore NAME FILE
// Many communes from one installation: a schema, a role, a file of settings and a process each. README, "Một tỉnh, nhiều xã".
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepareDatabase } from '../../db/client.ts'
import { inSchema } from '../../db/connection/schema.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { createAdministrator } from '../../db/staff/members.ts'
import { readConfig } from '../../server/config.ts'
import { openVault } from '../../server/ledger/vault.ts'
import { loadSealingKey } from '../../server/staff/sealing.ts'
import { hashPassword, makePassword } from '../../server/staff/sign-in/passwords.ts'
import { readArguments } from '../command/arguments.ts'
import { runCommand } from '../command/run.ts'
import { type Commune, folders, getCommune, keepCommune, listCommunes, pickPort, requireFreeName } from './book.ts'
import { addressOf, makePlace, placeOf, spreadSchema } from './role.ts'
import { readHealth, restartService, upgradeAll } from './upgrade.ts'

const [command = '', ...rest] = process.argv.slice(2)
const given = readArguments(rest)
const { settings: book, data } = folders()

const commands: Record<string, () => Promise<void> | void> = { add, list, upgrade, backup, restore }

async function add(): Promise<void> {
  const name = requireFreeName(book, given.get(''))
  const administrator = process.env.ADMIN_DATABASE_URL
  if (!administrator) throw new Error('Xin đặt ADMIN_DATABASE_URL: một vai trò được tạo vai trò và lược đồ.')
  const place = placeOf(name)
  const commune: Commune = {
    name,
    settings: {
      DATABASE_URL: addressOf(administrator, place, given.get('through')),
      DATABASE_SCHEMA: place.schema,
      DATA_DIR: join(data, name),
      HOST: '127.0.0.1',
      PORT: given.get('port') || String(pickPort(listCommunes(book))),
      TRUST_PROXY: 'true',
      ...(given.get('url') && { PUBLIC_URL: given.get('url') as string }),
    },
  }
  // Refused before anything is made.
  readConfig(commune.settings)
  await makePlace(administrator, place)
  const path = keepCommune(book, commune)
  const password = await furnish(commune, addressOf(administrator, place)).catch((error) => {
    rmSync(path)
    throw error
  })
  const isSpread = await spreadSchema(administrator, place.schema)
  console.log(
    `Xã ${name}: lược đồ ${place.schema}${isSpread ? ' (phân tán trên Citus)' : ''}, cổng ${commune.settings.PORT}, thiết lập ở ${path}.`,
  )
  console.log(`  Đăng nhập lần đầu: admin / ${password}   (chỉ hiện một lần, xin ghi lại)`)
  console.log(`  Chạy: systemctl enable --now ydan@${name}`)
}

/** Tables, reference data, keys and the first administrator, straight at the server; returns the password. */
async function furnish({ settings }: Commune, address: string): Promise<string> {
  const config = readConfig(settings)
  const password = makePassword()
  loadSealingKey(null, config.dataDir)
  openVault(null, config.dataDir, config.publicUrl)
  await prepareDatabase(inSchema(address, config.databaseSchema), async (query) => {
    await loadReference(query, readReference())
    await createAdministrator(query, 'admin', await hashPassword(password))
  })
  return password
}

async function list(): Promise<void> {
  for (const commune of listCommunes(book)) {
    const { PORT, DATABASE_SCHEMA, PUBLIC_URL } = commune.settings
    const columns = [
      commune.name,
      PORT,
      DATABASE_SCHEMA,
      await readHealth(commune),
      PUBLIC_URL ?? 'chưa đặt PUBLIC_URL',
    ]
    console.log(columns.join('\t'))
  }
}

function upgrade(): Promise<void> {
  return upgradeAll(listCommunes(book), { restart: restartService, patienceMs: 60_000, tell: console.log })
}

/** Of one, or of all, each into a folder of its own. */
function backup(): void {
  const communes = given.has('all') ? listCommunes(book) : [getCommune(book, given.get(''))]
  const { out = '/var/backups/ydan', keep = '14' } = Object.fromEntries(given)
  for (const commune of communes) runFor(commune, 'backup.ts', ['--out', join(out, commune.name), '--keep', keep])
}

function restore(): void {
  const [name, file] = rest
  if (!file) throw new Error('Xin ghi tên xã và tệp: npm run commune -- restore vinh-thuan TỆP.')
  runFor(getCommune(book, name), 'restore.ts', [file])
}

/** The command of one commune, with its settings and nobody else's. */
function runFor({ name, settings }: Commune, script: string, args: string[]): void {
  const { PATH, HOME, BACKUP_PASSPHRASE } = process.env
  const env = { PATH, HOME, ...(BACKUP_PASSPHRASE && { BACKUP_PASSPHRASE }), ...settings }
  const path = join(import.meta.dirname, '..', script)
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path, ...args], { env, stdio: 'inherit' })
  if (status !== 0) throw new Error(`Dừng ở xã ${name}.`)
}

runCommand(async () => {
  const run = commands[command]
  if (!run) throw new Error(`Xin chọn một trong: ${Object.keys(commands).join(', ')}.`)
  await run()
})
