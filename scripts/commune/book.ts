// The communes of one installation: one file of settings each, as systemd reads it, in one folder.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

export type Commune = { name: string; settings: Record<string, string> }

const namePattern = /^[a-z][a-z0-9-]{0,40}$/
const firstPort = 3101

/** Where the files of settings are, and below which folder each commune keeps its keys. */
export const folders = (env: Record<string, string | undefined> = process.env) => ({
  settings: resolve(env.COMMUNES_DIR || '/etc/ydan'),
  data: resolve(env.COMMUNES_DATA_DIR || '/var/lib/ydan'),
})

/** Every commune by name, as its file says; an empty list where there is no folder yet. */
export function listCommunes(folder: string): Commune[] {
  const files = readFolder(folder).filter((file) => file.endsWith('.env'))
  return files.sort().map((file) => ({
    name: file.slice(0, -4),
    settings: parseEnv(readFileSync(join(folder, file), 'utf8')) as Record<string, string>,
  }))
}

/** Throws one sentence where no commune has this name. */
export function getCommune(folder: string, name: string | undefined): Commune {
  const communes = listCommunes(folder)
  const found = communes.find((commune) => commune.name === name)
  if (found) return found
  throw new Error(
    `Không có xã “${name ?? ''}” trong ${folder}; có: ${communes.map((one) => one.name).join(', ') || '(trống)'}.`,
  )
}

/** A name that can stand in a file's, a role's and a service's name; throws one sentence otherwise. */
export function requireFreeName(folder: string, name: string | undefined): string {
  if (!name || !namePattern.test(name))
    throw new Error('Tên xã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, ví dụ vinh-thuan.')
  if (listCommunes(folder).some((commune) => commune.name === name))
    throw new Error(`Xã “${name}” đã có trong ${folder}.`)
  return name
}

/** The lowest port from 3101 on that no commune has. */
export function pickPort(communes: Commune[]): number {
  const taken = new Set(communes.map(({ settings }) => Number(settings.PORT)))
  let port = firstPort
  while (taken.has(port)) port += 1
  return port
}

/** Readable by its owner only: it holds the password of the commune's role. */
export function keepCommune(folder: string, { name, settings }: Commune): string {
  const path = join(folder, `${name}.env`)
  const lines = Object.entries(settings).map(([key, value]) => `${key}="${value}"\n`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, lines.join(''), { mode: 0o600, flag: 'wx' })
  return path
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
