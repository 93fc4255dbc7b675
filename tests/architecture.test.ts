import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const sources = ['server', 'web', 'db'].flatMap((folder) => listSources(join(root, folder)))

/** Which files a file may import from, by path; the first matching row rules. Design: the grid. */
/** What people typed, as text and as numbers: the ground that contracts and rules stand on. */
const typed = /^server\/typed-\w+\.ts$/
const contract = /^server\/\w+\/(\w+-)?contract\.ts$/
const pure = /^server\/(\w+\/((\w+-)?rules|answers-schema|estimators|control-chart)|review\/signs\/[\w-]+)\.ts$/
/** What a contract says about days that people type: pure, and the same for every room. */
const typedDay = /^server\/http\/typed-day\.ts$/
const rows: [from: RegExp, may: RegExp[]][] = [
  [/^server\/(main|start|app)\.ts$/, [/^server\//, /^db\//, /^web\/links\.ts$/]],
  [typed, [typed]],
  [contract, [contract, typed, typedDay]],
  [pure, [contract, pure, typed, /^server\/errors\.ts$/]],
  [
    /^server\//,
    [
      /^server\/(?!main|start|app)/,
      /^db\/(client|(respond|surveys|results|cases|reports|staff)(-\w+)*|(tickets|ledger|review)\/\w+)\.ts$/,
      /^web\//,
    ],
  ],
  [/^db\/embedded\//, [/^db\/embedded\//]],
  [/^db\//, [/^db\//, contract, typed]],
  [/^web\//, [/^web\//, contract]],
]

test.each(sources)('%s imports only what its place in the grid allows', (file) => {
  const allowed = rows.find(([from]) => from.test(file))?.[1] ?? []
  const wrong = importsOf(file).filter((target) => !allowed.some((pattern) => pattern.test(target)))
  expect(wrong).toEqual([])
})

test('rules use no clock, no randomness and no input or output', () => {
  const rules = sources.filter((file) => pure.test(file))
  expect(rules.length).toBeGreaterThan(3)
  for (const file of rules) {
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(
      /Date\.now|new Date\(\)|Math\.random|randomBytes|node:fs|fetch\(/,
    )
  }
})

test('browser code stands in islands only, and everything else runs without a window', () => {
  for (const file of sources.filter((one) => one.startsWith('web/') && !one.endsWith('.island.tsx'))) {
    expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(
      /\b(window|navigator|localStorage|indexedDB)\.|\bdocument\.(get|query|create|body|add|cookie)/,
    )
  }
})

test('islands do without what browsers keep for HTTPS: an office opens Ý Dân at http://192.168.…', () => {
  const kept =
    /crypto\.(subtle|randomUUID)|navigator\.(clipboard|locks|serviceWorker|storage|mediaDevices|geolocation|wakeLock|share|credentials)|\bcaches\.|\bNotification\b|show(Save|Open)FilePicker|cookieStore/g
  const used = sources
    .filter((file) => file.endsWith('.island.tsx') || file.endsWith('.island.ts'))
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(kept)].map(([name]) => `${file} ${name}`))
  // Both are asked for before they are used, or caught, with another way behind them.
  expect([...new Set(used)].sort()).toEqual([
    'web/respond/_delivery.island.tsx navigator.locks',
    'web/surveys/places.island.tsx navigator.clipboard',
  ])
})

test('web takes only types from the server, so that zod never reaches a browser', () => {
  for (const file of sources.filter((one) => one.endsWith('.island.tsx'))) {
    const text = readFileSync(join(root, file), 'utf8')
    expect(text, file).not.toMatch(/import (?!type)[^'"]*['"][^'"]*server\//)
  }
})

test('there are no cycles', () => {
  const graph = new Map(sources.map((file) => [file, importsOf(file)]))
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) throw new Error(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
    if (done.has(file)) return
    for (const target of graph.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of sources) visit(file, [])
})

test('the top level holds what the design names and nothing else', () => {
  const known = [
    'server',
    'web',
    'db',
    'scripts',
    'tests',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'drizzle.config.ts',
    'README.md',
    'LICENSE',
  ]
  const ignored = ['node_modules', 'dist']
  const extra = readdirSync(root).filter(
    (name) => !name.startsWith('.') && !name.startsWith('data') && ![...known, ...ignored].includes(name),
  )
  expect(extra).toEqual([])
})

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const matches = text.matchAll(/^(?:import|export)\s(?!type)[^'"]*?from\s+'(\.[^']+)'|^import '(\.[^']+)'/gm)
  return [...matches].map((match) => relative(root, join(root, dirname(file), (match[1] ?? match[2]) as string)))
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listSources(path)
    return /\.tsx?$/.test(entry.name) ? [relative(root, path)] : []
  })
}
