import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Binaries, findBinaries } from '../../db/embedded/binaries.ts'
import {
  DatabaseRefused,
  type EmbeddedDatabase,
  launchDatabase,
  openRunningDatabase,
} from '../../db/embedded/launch.ts'
import {
  ask,
  asRoot,
  kill,
  makeOpenFolder,
  readPostmasterPid,
  removeFolder,
  type Server,
  serve,
} from '../fixtures/embedded/processes.ts'

vi.setConfig({ testTimeout: 60_000 })

const refusal =
  /^Một Ý Dân khác đang chạy trên thư mục dữ liệu .+: hãy dừng nó trước, hoặc đặt DATA_DIR là thư mục khác\.$/

let folder: string
let dataDir: string
let databases: EmbeddedDatabase[]
let servers: Server[]

beforeEach(() => {
  folder = makeOpenFolder()
  dataDir = join(folder, 'dữ liệu')
  databases = []
  servers = []
})

afterEach(async () => {
  await Promise.all(databases.map((database) => database.stop()))
  await Promise.all(servers.map((server) => kill(server, 'SIGKILL')))
  killPostmaster()
  removeFolder(folder)
})

async function launch(dir = dataDir, binaries?: Binaries): Promise<EmbeddedDatabase> {
  const database = await launchDatabase(dir, () => {}, binaries)
  databases.push(database)
  return database
}

function serveApart(wrapper: string[] = []): Server {
  const server = serve(dataDir, wrapper)
  servers.push(server)
  return server
}

function killPostmaster(): void {
  const running = openRunningDatabase(dataDir) && readPostmasterPid(dataDir)
  if (running) process.kill(running, 'SIGKILL')
}

describe('while it runs, the database', () => {
  const home = makeOpenFolder()
  let database: EmbeddedDatabase
  let connection: EmbeddedDatabase['connection']

  beforeAll(async () => {
    database = await launchDatabase(home, () => {})
    connection = database.connection
  })

  afterAll(async () => {
    await database.stop()
    removeFolder(home)
  })

  it('serves the application as an owner without power over the server', async () => {
    const role = 'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'
    expect(await ask(connection, role)).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
    ])
    const owner =
      'select current_user, pg_get_userbyid(datdba) as owner from pg_database where datname = current_database()'
    expect(await ask(connection, owner)).toEqual([{ current_user: 'ydan_app', owner: 'ydan_app' }])
    await expect(ask(connection, "select pg_read_file('/etc/passwd')")).rejects.toThrow('permission denied')
  })

  it('writes durably, checks its pages, reads Vietnamese and lives in UTC', async () => {
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'TimeZone']
    const columns = names.map((name) => `current_setting('${name}') as "${name}"`)
    expect(await ask(connection, `select ${columns}, lower('ĐƯỜNG Ỷ') as lower`)).toEqual([
      {
        fsync: 'on',
        synchronous_commit: 'on',
        full_page_writes: 'on',
        data_checksums: 'on',
        server_encoding: 'UTF8',
        TimeZone: 'UTC',
        lower: 'đường ỷ',
      },
    ])
  })

  it('is closed to the network, to other accounts and to wrong passwords', async () => {
    expect(await ask(connection, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
    const modes = ['pg', 's', 'database.json', 'postgres.log'].map((name) => statSync(join(home, name)).mode & 0o777)
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600])
    await expect(ask({ ...connection, password: 'password' }, 'select 1')).rejects.toThrow('password authentication')
  })

  it("keeps citizens' words out of its log", async () => {
    await ask(connection, "create table said (words text check (words <> 'chờ quá lâu'))")
    await expect(ask(connection, "insert into said values ('chờ quá lâu')")).rejects.toThrow('check')
    await expect(ask(connection, "select 'chờ quá lâu'::int")).rejects.toThrow('invalid input')
    const log = readLog(home)
    expect(log).toContain('ready to accept connections')
    expect(log).not.toContain('chờ quá lâu')
  })
})

describe('the folder', () => {
  it('keeps what was committed over a clean stop', async () => {
    const first = await launch()
    await ask(first.connection, 'create table kept as select 7 as seven')
    await first.stop()
    await first.stop()
    expect(existsSync(join(dataDir, 'pg', 'postmaster.pid'))).toBe(false)
    const second = await launch()
    expect(await ask(second.connection, 'select * from kept')).toEqual([{ seven: 7 }])
    expect(second.connection).toEqual(first.connection)
    expect(readLog(dataDir)).not.toContain('not properly shut down')
  })

  it('stops cleanly with its process, also under a slow statement', async () => {
    const server = serveApart()
    expect(await server.word).toBe('ready')
    const slow = expect(ask(running(), 'select pg_sleep(60)')).rejects.toThrow('CONNECTION_CLOSED')
    await until(async () => {
      const sleeping = "select 1 from pg_stat_activity where query = 'select pg_sleep(60)'"
      expect(await ask(running(), sleeping)).toHaveLength(1)
    })
    expect(await kill(server, 'SIGTERM')).toBe(0)
    await slow
    expect(existsSync(join(dataDir, 'pg', 'postmaster.pid'))).toBe(false)
  })

  it('gives scripts the connection while it runs, and only then', async () => {
    expect(openRunningDatabase(dataDir)).toBeUndefined()
    const database = await launch()
    expect(openRunningDatabase(dataDir)).toEqual(database.connection)
    await database.stop()
    expect(openRunningDatabase(dataDir)).toBeUndefined()
  })

  it('starts a new log when the old one is over 10 MB', async () => {
    mkdirSync(dataDir, { recursive: true })
    chmodSync(dataDir, 0o711)
    appendFileSync(join(dataDir, 'postgres.log'), '')
    truncateSync(join(dataDir, 'postgres.log'), 10 * 1024 * 1024 + 1)
    await launch()
    expect(statSync(join(dataDir, 'postgres.log.1')).size).toBe(10 * 1024 * 1024 + 1)
    expect(statSync(join(dataDir, 'postgres.log')).size).toBeLessThan(10_000)
  })

  it('listens in a short folder where the path of its own is too long for a socket', async () => {
    dataDir = join(folder, 'thư mục rất dài '.repeat(6).trim())
    const database = await launch()
    expect(database.connection.host).not.toContain(dataDir)
    expect(statSync(database.connection.host).mode & 0o777).toBe(0o700)
    expect(await ask(database.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(openRunningDatabase(dataDir)).toEqual(database.connection)
    await database.stop()
    expect(existsSync(database.connection.host)).toBe(false)
  })
})

describe('one process serves', () => {
  it('refuses a second process on the same folder and goes on serving', async () => {
    const { connection, isUp } = await launch()
    const second = serveApart()
    expect(await second.word).toMatch(refusal)
    expect(isUp()).toBe(true)
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('lets one of two processes win that start on a fresh folder at once', async () => {
    const words = await Promise.all([serveApart().word, serveApart().word])
    const [loser, winner] = words.sort()
    expect(winner).toBe('ready')
    expect(loser).toMatch(refusal)
    expect(await ask(running(), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('still refuses a second process after the locking connection was lost', async () => {
    await launch()
    const { superuser } = JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8'))
    const asSuperuser = { ...running(), database: 'postgres', username: 'ydan', password: superuser }
    const holder = "select pid from pg_locks where locktype = 'advisory' and granted"
    const [first] = await ask(asSuperuser, holder)
    await ask(asSuperuser, `select pg_terminate_backend(${first?.pid})`)
    await until(async () => {
      const [second] = await ask(asSuperuser, holder)
      expect(second?.pid).toSatisfy((pid) => pid && pid !== first?.pid)
    })
    expect(await serveApart().word).toMatch(refusal)
  })
})

describe('after a fall', () => {
  it('takes over from an orphan whose process was killed, with every committed row', async () => {
    const orphan = await leaveOrphan()
    const { connection } = await launch()
    expect(await ask(connection, 'select * from kept')).toEqual([{ seven: 7 }])
    expect(readPostmasterPid(dataDir)).not.toBe(orphan)
  })

  it('recovers when both processes were killed, with every committed row', async () => {
    process.kill(await leaveOrphan(), 'SIGKILL')
    const { connection } = await launch()
    expect(await ask(connection, 'select * from kept')).toEqual([{ seven: 7 }])
  })

  it.runIf(process.platform === 'linux')('recovers when the killed server stays as a zombie', async () => {
    const server = serveApart()
    expect(await server.word).toBe('ready')
    const pid = readPostmasterPid(dataDir)
    // A stopped parent reaps no children, like a container's pid 1 that was not made for it.
    server.child.kill('SIGSTOP')
    process.kill(pid, 'SIGKILL')
    await until(() => expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z'))
    expect(openRunningDatabase(dataDir)).toBeUndefined()
    const { connection } = await launch()
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('does not take another program that got the old pid for its server', async () => {
    await (await launch()).stop()
    const lines = [process.ppid, join(dataDir, 'pg'), 1, 5432, join(dataDir, 's'), '', '', 'ready']
    writeFileSync(join(dataDir, 'pg', 'postmaster.pid'), `${lines.join('\n')}\n`)
    expect(openRunningDatabase(dataDir)).toBeUndefined()
    const { connection } = await launch()
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('restarts a server that died, says so meanwhile, and keeps its lock', async () => {
    const { connection, isUp } = await launch()
    expect(isUp()).toBe(true)
    process.kill(readPostmasterPid(dataDir), 'SIGKILL')
    await until(() => expect(isUp()).toBe(false))
    await until(() => expect(isUp()).toBe(true))
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await serveApart().word).toMatch(refusal)
  })

  it('stops when asked to while it is restarting', async () => {
    const database = await launch()
    process.kill(readPostmasterPid(dataDir), 'SIGKILL')
    await until(() => expect(database.isUp()).toBe(false))
    await database.stop()
    expect(database.isUp()).toBe(false)
    expect(openRunningDatabase(dataDir)).toBeUndefined()
  })

  it('starts afresh after a first start that was killed half way', async () => {
    const server = serveApart()
    await until(() => expect(readdirSync(dataDir).some(isHalfMade)).toBe(true))
    await kill(server, 'SIGKILL')
    expect(existsSync(join(dataDir, 'pg'))).toBe(false)
    const { connection } = await launch()
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('makes new passwords when theirs were lost, and keeps the data', async () => {
    const first = await launch()
    await ask(first.connection, 'create table kept as select 7 as seven')
    await first.stop()
    rmSync(join(dataDir, 'database.json'))
    const { connection } = await launch()
    expect(connection.password).not.toBe(first.connection.password)
    expect(await ask(connection, 'select * from kept')).toEqual([{ seven: 7 }])
  })

  it("says what to do when the passwords are another database's", async () => {
    await (await launch()).stop()
    writeFileSync(join(dataDir, 'database.json'), JSON.stringify({ superuser: 'other', application: 'other' }))
    await expect(launch()).rejects.toThrow(DatabaseRefused)
    await expect(launch()).rejects.toThrow(/: hãy xóa .*database\.json rồi khởi động lại để tạo mật khẩu mới\.$/)
  })
})

describe('on another machine', () => {
  it.each([
    ['linux', 'x64', true, 'linux-x64 (musl)'],
    ['linux', 'ia32', false, 'linux-ia32'],
    ['freebsd', 'x64', false, 'freebsd-x64'],
    ['win32', 'arm64', false, 'win32-arm64'],
  ] as const)('asks for DATABASE_URL where no binaries exist: %s %s, musl %s', async (os, arch, musl, name) => {
    const refused = findBinaries({ os, arch, musl })
    await expect(refused).rejects.toThrow(DatabaseRefused)
    await expect(refused).rejects.toThrow(`Ý Dân không kèm PostgreSQL cho ${name}: hãy đặt biến DATABASE_URL`)
  })

  it('makes the library links that an installation without scripts leaves out', async () => {
    const binaries = await copyBinariesWithoutLinks()
    const { connection } = await launch(dataDir, binaries)
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it.skipIf(asRoot)('copies the binaries where node_modules cannot be written', async () => {
    const binaries = await copyBinariesWithoutLinks()
    chmodSync(join(dirname(binaries.postgres), '..', 'lib'), 0o555)
    const { connection } = await launch(dataDir, binaries)
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres-'))).toHaveLength(1)
    chmodSync(join(dirname(binaries.postgres), '..', 'lib'), 0o755)
  })

  it('refuses data of another major version before it touches it', async () => {
    mkdirSync(join(dataDir, 'pg'), { recursive: true })
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '17\n')
    await expect(launch()).rejects.toThrow(DatabaseRefused)
    await expect(launch()).rejects.toThrow('thuộc PostgreSQL 17, bản đi kèm là PostgreSQL 18: hãy xuất dữ liệu')
    expect(readdirSync(join(dataDir, 'pg'))).toEqual(['PG_VERSION'])
  })

  it('refuses a folder that cannot be made', async () => {
    const file = join(folder, 'tệp')
    writeFileSync(file, '')
    await expect(launch(join(file, 'dữ liệu'))).rejects.toThrow(
      /^Không ghi được vào thư mục dữ liệu .* hãy đặt DATA_DIR/,
    )
  })

  it.runIf(asRoot)('works where data and binaries lie below a folder that only root may enter', async () => {
    const binaries = await copyBinariesWithoutLinks()
    chmodSync(folder, 0o700)
    const { connection } = await launch(dataDir, binaries)
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(statSync(join(dataDir, 'pg')).uid).not.toBe(0)
  })

  it.runIf(asRoot)("starts data restored as root's", async () => {
    await (await launch()).stop()
    const restored = join(folder, 'bản phục hồi')
    cpSync(dataDir, restored, { recursive: true })
    chmodSync(restored, 0o755)
    const { connection } = await launch(restored)
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it.runIf(asRoot && process.platform === 'linux')('asks root without capabilities for DATABASE_URL', async () => {
    mkdirSync(dataDir)
    const server = serveApart(['setpriv', '--inh-caps=-all', '--bounding-set=-all'])
    expect(await server.word).toMatch(
      /^PostgreSQL đi kèm không chạy được bằng một tài khoản .* đặt biến DATABASE_URL\.$/,
    )
  })
})

async function leaveOrphan(): Promise<number> {
  const server = serveApart()
  expect(await server.word).toBe('ready')
  await ask(running(), 'create table kept as select 7 as seven')
  await kill(server, 'SIGKILL')
  expect(await ask(running(), 'select * from kept')).toHaveLength(1)
  return readPostmasterPid(dataDir)
}

function running(): EmbeddedDatabase['connection'] {
  const connection = openRunningDatabase(dataDir)
  if (!connection) throw new Error('no database is running')
  return connection
}

/** Patient, because a busy machine says nothing about us. */
const until = (holds: () => unknown) => vi.waitFor(holds, { timeout: 60_000, interval: 5 })

const readLog = (dir: string) => readFileSync(join(dir, 'postgres.log'), 'utf8')

const isHalfMade = (name: string) => existsSync(join(dataDir, name, 'pg', 'global'))

async function copyBinariesWithoutLinks(): Promise<Binaries> {
  const original = dirname(dirname(dirname((await findBinaries()).postgres)))
  const copy = join(folder, 'binaries')
  cpSync(original, copy, {
    recursive: true,
    filter: (path) => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a'),
  })
  const [initdb, postgres, pg_ctl] = ['initdb', 'postgres', 'pg_ctl'].map((name) => join(copy, 'native', 'bin', name))
  return { initdb, postgres, pg_ctl } as Binaries
}
