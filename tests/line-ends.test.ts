import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const copied = ['.gitattributes', 'package.json', 'tsconfig.json', 'README.md', 'scripts', 'server', 'web', 'db']
const isText = /\.(ts|tsx|js|json|css|md|sh|sql)$|^\.gitattributes$/
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-windows-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Commits these sources as they are, then takes them out again as a clone on Windows does. */
function cloneOnWindows(name: string, parts: string[]): string {
  const [kept, clone] = [join(folder, `${name}.git-work`), join(folder, name)]
  const git = (where: string, ...given: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.vn', ...given], { cwd: where, stdio: 'pipe' })
  git(folder, 'init', '--quiet', kept)
  for (const part of parts) cpSync(join(root, part), join(kept, part), { recursive: true })
  git(kept, 'add', '--all')
  git(kept, 'commit', '--quiet', '--message', 'sources')
  git(folder, '-c', 'core.autocrlf=true', 'clone', '--quiet', kept, clone)
  return clone
}

const listWithReturns = (clone: string) =>
  readdirSync(clone, { recursive: true, encoding: 'utf8' })
    .filter((file) => isText.test(file) && !file.startsWith('.git/'))
    .filter((file) => readFileSync(join(clone, file)).includes('\r\n'))

test('a clone with Windows line ends has ours: the formatter and the shell scripts run, pictures are whole', () => {
  const clone = cloneOnWindows('clone', copied)
  expect(listWithReturns(clone)).toEqual([])
  const lint = ['check', '--config-path=scripts/lint.json', '--error-on-warnings', 'server/http', 'scripts']
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  expect(execFileSync(process.execPath, [biome, ...lint], { cwd: clone, encoding: 'utf8' })).toContain('No fixes')
  for (const script of readdirSync(join(clone, 'scripts')).filter((file) => file.endsWith('.sh')))
    execFileSync('sh', ['-eu', '-n', join('scripts', script)], { cwd: clone })
  for (const picture of readdirSync(join(root, 'scripts/pictures')))
    expect(readFileSync(join(clone, 'scripts/pictures', picture))).toEqual(
      readFileSync(join(root, 'scripts/pictures', picture)),
    )
})

test('without the file it has not: the promise above is not empty', () => {
  const clone = cloneOnWindows('bare', ['scripts'])
  expect(listWithReturns(clone)).toContain('scripts/install-browser.sh')
})
