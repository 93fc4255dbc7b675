import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseAst } from 'vite'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const layers = ['server', 'web', 'db']

/**
 * The rooms, one thing people do each, with one name in every layer it has. A room may use those above it in this list,
 * types included, never one below. `http`, `ui` and `messages` carry what every room needs; a layer left out is one the
 * room does not have.
 */
const rooms: Record<string, string> = {
  typed: 'server tests',
  score: 'server tests',
  catalogue: 'server db tests',
  messages: 'web tests',
  ui: 'web tests',
  http: 'server tests',
  tallies: 'server db tests',
  staff: 'server web db tests',
  posters: 'server web tests',
  spreadsheets: 'server web db tests',
  places: 'server web db tests',
  visits: 'server web db tests',
  recordings: 'server web db tests',
  respond: 'server web db tests',
  tickets: 'server web db tests',
  questionnaires: 'server web db tests',
  cases: 'server web db tests',
  waves: 'server web db tests',
  signs: 'server db tests',
  indicators: 'server web db tests',
  'first-run': 'server web db tests',
  morning: 'server web tests',
  today: 'server web db tests',
  wall: 'server web tests',
  overview: 'server web db tests',
  review: 'server web db tests',
  reports: 'server web db tests',
  exports: 'server web db tests',
  publication: 'server web db tests',
  ledger: 'server web db tests',
  translations: 'server web db tests',
  province: 'server web db tests',
  communes: 'server web db tests',
  audit: 'server web tests',
  system: 'server web db tests',
}
const order = Object.keys(rooms)
/** What puts rooms together, or keeps them as a whole: may use any of them. */
const wiring = /^(server\/(main|start|start-board|app|board|chores)\.ts|db\/(reference|backup)\/.*|web\/styles\/.*)$/
/** Beside the rooms: as deep in the list as the deepest room they use. */
const loose = /^(server\/[\w-]+\.ts|web\/[\w-]+\.tsx?|db\/[\w-]+\.ts|db\/(embedded|connection)\/.*)$/

const sources = layers.flatMap((folder) => listFiles(folder)).filter((file) => /\.tsx?$/.test(file))

/** A path joined to the folder of the code, or a URL from it; what the build makes comes later. */
const pathFromHere = /(?:join\(import\.meta\.dirname,\s*|new URL\()'((?!\.{2}\/\.{2}\/dist)[\w./-]+\.\w+)'/g

/** What people type, as text, numbers, codes and days: the ground that contracts and rules stand on. */
const typed = /^server\/typed\//
/** Which files a file may take values from, by path; the first matching row rules. */
const contract = /^server\/([\w/-]+\/)?([\w-]+-)?contract\.ts$/
const pure =
  /^server\/([\w/-]+\/)?(([\w-]+-)?rules|answers-schema|estimators|control-chart|days|receipt|canonical-json)\.ts$|^server\/signs\/finders\/[\w-]+\.ts$/
const rows: [from: RegExp, may: RegExp[]][] = [
  [/^server\/(main|start|start-board|app|board|chores)\.ts$/, [/^server\//, /^db\//, /^web\/links\.ts$/]],
  [typed, [typed]],
  [contract, [contract, typed]],
  [pure, [contract, pure, typed, /^server\/errors\.ts$/]],
  [
    /^server\//,
    [
      /^server\/(?!main|start|app|chores|board\.ts)/,
      /^db\/((client|secrets)\.ts|connection\/reach\.ts|(?!embedded|reference|migrations|connection)[\w-]+\/(?!tables)[\w-]+\.ts)$/,
      /^web\//,
    ],
  ],
  [/^db\/embedded\//, [/^db\/embedded\//]],
  [/^db\//, [/^db\//, contract, typed]],
  [/^web\//, [/^web\//, contract]],
]

test.each(sources)('%s takes values only from where its layer may', (file) => {
  const allowed = rows.find(([from]) => from.test(file))?.[1] ?? []
  const wrong = importsOf(file, 'values').filter((target) => !allowed.some((pattern) => pattern.test(target)))
  expect(wrong).toEqual([])
})

test('a room uses only rooms above it, types included', () => {
  const wrong = sources
    .filter((file) => !wiring.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => levelOf(target) > levelOf(file))
        .map((to) => `${file} → ${to}`),
    )
  expect(wrong).toEqual([])
})

test('the whole application is on one screen: the house and a door per room', () => {
  expect(readFileSync(join(root, 'server/app.ts'), 'utf8').split('\n').length).toBeLessThan(90)
  const doors = importsOf('server/app.ts', 'values').filter((file) => !/^server\/(house|chores)\.ts$/.test(file))
  const withRoutes = sources.flatMap(
    (file) => /^server\/([\w-]+)\/([\w-]+\/)?([\w-]+-)?routes\.ts$/.exec(file)?.[1] ?? [],
  )
  const rooms = [...new Set(withRoutes)].filter((room) => room !== 'communes')
  expect(doors.toSorted()).toEqual(rooms.map((room) => `server/${room}/use.ts`).toSorted())
  // The province's board is the same program with other doors; a commune's server never loads its room.
  const board = importsOf('server/board.ts', 'values').filter((file) => file.endsWith('/use.ts'))
  expect(board.toSorted()).toEqual(['audit', 'communes', 'staff'].map((room) => `server/${room}/use.ts`))
})

test('every file stands in a room of this list or beside the rooms', () => {
  expect(sources.filter((file) => !order.includes(roomOf(file)) && !wiring.test(file) && !loose.test(file))).toEqual([])
})

test('a room has the same name in every layer, and its tests', () => {
  const found = order.map((room) => {
    const present = [...layers, 'tests'].filter((layer) => readdirSync(join(root, layer)).includes(room))
    return [room, present.join(' ')]
  })
  expect(Object.fromEntries(found)).toEqual(rooms)
})

test('no folder holds more than twenty files, and no file of a room more than 250 lines, lists of words and addresses aside', () => {
  const files = [...layers, 'tests', 'scripts'].flatMap((folder) => listFiles(folder))
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  const crowded = [...counts].filter(([folder, count]) => count > 20 && !/^db\/(migrations|reference)/.test(folder))
  expect(crowded).toEqual([])
  const long = sources.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 251)
  expect(long.filter((file) => !/(words|messages|links)\.ts$/.test(file))).toEqual([])
})

test('nothing takes more than four arguments by position, and no literal spreads another literal into itself', () => {
  const files = [...sources, ...listFiles('scripts')].filter((file) => /(?<!\.d)\.(tsx?|js)$/.test(file))
  expect(files.length).toBeGreaterThan(500)
  expect(files.flatMap((file) => findHabits(file).map((habit) => `${file} ${habit}`))).toEqual([])
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

test('web takes only types from the server, so that zod never reaches a browser', () => {
  for (const file of sources.filter((one) => one.endsWith('.island.tsx'))) {
    const text = readFileSync(join(root, file), 'utf8')
    expect(text, file).not.toMatch(/import (?!type)[^'"]*['"][^'"]*server\//)
  }
})

test('islands do without what browsers keep for HTTPS: an office opens Ý Dân at http://192.168.…', () => {
  const kept =
    /crypto\.(subtle|randomUUID)|navigator\.(clipboard|locks|serviceWorker|storage|mediaDevices|geolocation|wakeLock|share|credentials)|\bcaches\.|\bNotification\b|show(Save|Open)FilePicker|cookieStore/g
  const used = sources
    .filter((file) => file.endsWith('.island.tsx'))
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(kept)].map(([name]) => `${file} ${name}`))
  // Each is asked for before it is used, or caught, with another way behind it.
  expect([...new Set(used)].sort()).toEqual([
    'web/morning/morning.island.tsx navigator.clipboard',
    'web/places/places.island.tsx navigator.clipboard',
    'web/respond/_delivery.island.tsx navigator.locks',
  ])
})

test.each([
  ['the application', layers],
  ['the scripts', ['scripts']],
])('%s has no circle of files, types included', (_, folders) => {
  const files = folders.flatMap((folder) => listFiles(folder)).filter((file) => /\.(tsx?|js)$/.test(file))
  const graph = new Map(files.map((file) => [file, importsOf(file)]))
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) throw new Error(`circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
    if (done.has(file)) return
    for (const target of graph.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
})

/** A file that is started or read by its path is not among the imports that a compiler checks. */
test('a file named by its path from where the code stands is there', () => {
  const named = [...sources, ...listFiles('scripts'), ...listFiles('tests')].flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(pathFromHere)].map(([, path]) => [file, path as string]),
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter(([file = '', path = '']) => !existsSync(join(root, dirname(file), path)))).toEqual([])
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

type SyntaxNode = { type: string; start: number; [key: string]: unknown }

/** Where a file has what the rule above forbids, by line. */
function findHabits(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const lang = file.endsWith('.tsx') ? 'tsx' : file.endsWith('.ts') ? 'ts' : 'js'
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, start, params, argument } = node as SyntaxNode
    const at = () => text.slice(0, start).split('\n').length
    if (Array.isArray(params) && /Function|Method/.test(type) && params.length > 4)
      found.push(`${at()}: ${params.length} arguments`)
    if (/^(Spread|JSXSpread)/.test(type ?? '') && isLiteral(argument as SyntaxNode))
      found.push(`${at()}: a literal spread`)
    Object.values(node).forEach(visit)
  }
  visit(parseAst(text, { lang, astType: 'ts' }))
  return found
}

const isLiteral = ({ type, expression }: SyntaxNode): boolean =>
  type === 'ObjectExpression' || (/^(TS|Parenthesized)/.test(type) && isLiteral(expression as SyntaxNode))

/** What a file imports, as paths from the root. */
function importsOf(file: string, what: 'values' | 'all' = 'all'): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const pattern =
    what === 'values'
      ? /^(?:import|export)\s(?!type)[^'"]*?from\s+'(\.[^']+)'|^import '(\.[^']+)'|(?<!typeof )import\('(\.[^']+)'\)/gm
      : /^(?:import|export)\s[^'"]*?from\s+'(\.[^']+)'|^import '(\.[^']+)'|import\('(\.[^']+)'\)/gm
  return [...text.matchAll(pattern)].map((match) =>
    relative(root, join(root, dirname(file), match.slice(1).find(Boolean) as string)),
  )
}

const roomOf = (file: string): string => file.split('/')[1] as string

/** How deep in the list a file stands: what puts rooms together below all of them, what stands beside them by its own imports. */
function levelOf(file: string): number {
  if (wiring.test(file)) return order.length
  if (!loose.test(file)) return order.indexOf(roomOf(file))
  return Math.max(-1, ...importsOf(file).map(levelOf))
}

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}
