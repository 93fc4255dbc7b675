// Builds what the browser gets (dist/web: one classic script per island, one style sheet per page kind)
// and the server bundle (dist/server).
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const oldestBrowser = 'chrome80'

/** Builds the browser's part and, unless `server` is false, the server. */
export async function build({ server = true } = {}) {
  for (const file of listFiles(join(root, 'web')).filter(isIsland)) await buildIsland(file)
  for (const file of readdirSync(join(root, 'web/styles')).filter(isEntryStyle)) await buildStyle(file)
  fingerprint()
  if (!server) return
  await bundleProgram(join(root, 'server/main.ts'), { folder: join(root, 'dist/server'), name: 'main.js' })
  forgetOld(join(root, 'dist/server/later'))
  writeFileSync(join(root, 'dist', 'code-version'), describeCode())
  writeFileSync(join(root, 'dist', 'sources.sha256'), hashSources())
}

/** What git calls these sources; nothing where they did not come by git. */
function describeCode() {
  try {
    return execFileSync('git', ['describe', '--always', '--tags', '--dirty'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return ''
  }
}

/** Builds only when a source file, the lock file or this script has changed since the last build. */
export async function buildIfStale() {
  const mark = join(root, 'dist', 'sources.sha256')
  const fresh =
    existsSync(join(root, 'dist/server/main.js')) && existsSync(mark) && readFileSync(mark, 'utf8') === hashSources()
  if (!fresh) await build()
}

/** A leading underscore marks a part of another island or style. */
const isIsland = (path) => /[\\/][^_\\/][^\\/]*\.island\.tsx$/.test(path)
const isEntryStyle = (file) => file.endsWith('.css') && !file.startsWith('_')

async function buildIsland(file) {
  const name = file.split(/[\\/]/).pop().replace('.island.tsx', '')
  await bundle({
    build: {
      ...shared.build,
      outDir: join(root, 'dist/web'),
      target: oldestBrowser,
      lib: { entry: file, formats: ['iife'], name: '_', fileName: () => `${name}.js` },
    },
  })
}

async function buildStyle(file) {
  await bundle({
    build: {
      ...shared.build,
      outDir: join(root, 'dist/web'),
      target: oldestBrowser,
      cssTarget: oldestBrowser,
      rollupOptions: { input: join(root, 'web/styles', file), output: { assetFileNames: '[name][extname]' } },
    },
  })
}

/**
 * Copies of what is fetched, named after their content and compressed once with the slowest setting; dist/assets.json
 * says which name each file has now. Those of earlier builds stay for a month: pages outlive an upgrade.
 */
function fingerprint() {
  const [from, to] = [join(root, 'dist/web'), join(root, 'dist/assets')]
  mkdirSync(to, { recursive: true })
  const names = {}
  const files = readdirSync(from).filter((file) => /\.(js|css|svg|woff2)$/.test(file))
  // Style sheets last: they name the fonts.
  for (const file of files.sort((a, b) => Number(a.endsWith('.css')) - Number(b.endsWith('.css')))) {
    const bytes = file.endsWith('.css')
      ? renameIn(readFileSync(join(from, file), 'utf8'), names)
      : readFileSync(join(from, file))
    names[file] = writeFingerprinted(to, file, Buffer.from(bytes))
  }
  writeFileSync(join(root, 'dist/assets.json'), JSON.stringify(names))
  forgetOld(to)
}

function forgetOld(folder) {
  const monthAgo = Date.now() - 30 * 86_400_000
  for (const file of readdirSync(folder))
    if (statSync(join(folder, file)).mtimeMs < monthAgo) rmSync(join(folder, file))
}

const renameIn = (style, names) =>
  style.replace(/url\(\.\/([\w.-]+)\)/g, (whole, file) => (names[file] ? `url(./${names[file]})` : whole))

function writeFingerprinted(folder, file, bytes) {
  const { name, ext } = parse(file)
  const stored = `${name}.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}${ext}`
  writeFileSync(join(folder, stored), bytes)
  if (ext === '.woff2') return stored
  writeFileSync(join(folder, `${stored}.gz`), gzipSync(bytes, { level: 9 }))
  writeFileSync(join(folder, `${stored}.br`), brotliCompressSync(bytes))
  return stored
}

/**
 * A program for Node with the libraries it loads at once in it: two hundred files fewer to find and read at every start.
 * In two parts, because what V8 needs while it reads one of five megabytes stays with the process; in ASCII, because one
 * letter beyond makes it keep two bytes for each (both measured: 15 and 5 MB of each process).
 */
export async function bundleProgram(entry, { folder, name }) {
  await bundle({
    plugins: [{ name: 'ascii', renderChunk: (code) => ({ code: escapeRaw(code), map: null }) }],
    ssr: { noExternal: true, external: onlyLater },
    build: {
      ...shared.build,
      outDir: folder,
      ssr: entry,
      target: 'node20',
      minify: false,
      rollupOptions: {
        output: {
          entryFileNames: name,
          // What is read later keeps its name by content: a process of before the upgrade still finds its own.
          chunkFileNames: 'later/[name]-[hash].js',
          codeSplitting: { groups: [{ name: 'libraries', test: isLibrary }] },
          charset: 'ascii',
          comments: false,
        },
      },
    },
  })
}

/** What is raw knows no escapes, and is left alone by `charset`: its letters are put in as text. */
const escapeRaw = (code) =>
  code.replace(/String\.raw`(?:[^`\\]|\\.)*`/gs, (raw) =>
    raw.replace(/[^\0-\x7f]+/g, (letters) => `\${${JSON.stringify(letters)}}`),
  )

/** Read with the first document, spreadsheet, picture or password, from their own folders; the last two never. */
const onlyLater = [
  ...['@node-rs/argon2', '@resvg/resvg-js', 'docx', 'hucre', 'pdfkit'],
  ...['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
]

const isLibrary = /[\\/]node_modules[\\/]/

/** Vite is loaded by who builds: a start that has nothing to build stays 25 MB lighter. */
async function bundle(options) {
  const { build: viteBuild } = await import('vite')
  await viteBuild({ ...shared, ...options })
}

const shared = {
  configFile: false,
  root,
  // Fonts are served beside the style sheet that names them.
  base: './',
  logLevel: 'warn',
  publicDir: false,
  // Said, because under vitest NODE_ENV would have every element carry its line.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: { emptyOutDir: false, copyPublicDir: false, assetsInlineLimit: 0 },
}

function hashSources() {
  const hash = createHash('sha256')
  const files = ['server', 'web', 'db', 'scripts'].flatMap((folder) => listFiles(join(root, folder)))
  for (const file of [...files, join(root, 'package-lock.json')].sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function listFiles(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? listFiles(path) : [path]
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
