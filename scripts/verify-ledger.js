// Checks the ledger of an Ý Dân server. One file, nothing but Node's own modules: meant to be read before it is run.
//
//   node verify-ledger.js --url ADDRESS [--remember FILE] [--proof FILE]     as anybody, over the network
//   node verify-ledger.js --proof FILE --key KEY                             a citizen's proof, without a network
//   node verify-ledger.js --data-dir DIR | --database-url [URL] | --backup FILE  [--remember FILE] [--last FILE]
//                         [--schema NAME]  of a database that several communes share; else DATABASE_SCHEMA, else public
//
// Exit code 0: nothing found; 1: something was found, one sentence each; 2: could not look. --json adds a last line.
// Without a value --database-url takes DATABASE_URL, an encrypted backup takes BACKUP_PASSPHRASE from the environment.
//
// Parts: 1 hashes and notes · 2 over the network · 3 reading the tables · 4 checking the tables · 5 the command.
import {
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  pbkdf2Sync,
  randomBytes,
  scryptSync,
  verify,
} from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { createGunzip } from 'node:zlib'

const findings = []
const report = (sentence) => findings.push(sentence)
const number = (value) => value.toLocaleString('vi-VN')

// ── 1. Hashes and notes ─────────────────────────────────────────────────────────────────────────────────────────────

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
/** RFC 6962: 0x00 before a leaf, 0x01 before a node. 0x02 stands before a part of a line that is opened alone. */
const hashLeaf = (nonce, json) => sha256(Buffer.of(0), nonce, json)
const hashNode = (left, right) => sha256(Buffer.of(1), left, right)
const hashPart = (nonce, json) => sha256(Buffer.of(2), nonce, json)

/** The root over leaf hashes: halves, the left one the largest power of two. */
function rootOf(leaves) {
  if (leaves.length === 0) return sha256('')
  let row = leaves
  while (row.length > 1) {
    const next = []
    for (let at = 0; at + 1 < row.length; at += 2) next.push(hashNode(row[at], row[at + 1]))
    if (row.length % 2 === 1) next.push(row.at(-1))
    row = next
  }
  return row[0]
}

const splitOf = (size) => 2 ** Math.ceil(Math.log2(size) - 1)

/** The root that an inclusion proof leads to; null where the proof has a wrong length. */
function climb(leaf, index, size, proof) {
  if (size === 1) return proof.length === 0 ? leaf : null
  if (proof.length === 0) return null
  const split = splitOf(size)
  const [rest, last] = [proof.slice(0, -1), proof.at(-1)]
  const below = index < split ? climb(leaf, index, split, rest) : climb(leaf, index - split, size - split, rest)
  return below && (index < split ? hashNode(below, last) : hashNode(last, below))
}

/** RFC 6962, 2.1.2: which ranges prove that a tree of `old` leaves is the beginning of one of `size`. */
function consistencyRanges(old, size, from = 0, isWhole = true) {
  if (old === size) return isWhole ? [] : [[from, from + size]]
  const split = splitOf(size)
  return old <= split
    ? [...consistencyRanges(old, split, from, isWhole), [from + split, from + size]]
    : [...consistencyRanges(old - split, size - split, from + split, false), [from, from + split]]
}

/** Both roots that such a proof leads to, the old one and the new one. */
function climbBoth(old, size, oldRoot, { proof, isWhole = true }) {
  if (old === size) return isWhole ? [oldRoot, oldRoot] : [proof[0], proof[0]]
  const split = splitOf(size)
  const [rest, last] = [proof.slice(0, -1), proof.at(-1)]
  if (old <= split) {
    const [before, after] = climbBoth(old, split, oldRoot, { proof: rest, isWhole })
    return [before, hashNode(after, last)]
  }
  const [before, after] = climbBoth(old - split, size - split, oldRoot, { proof: rest, isWhole: false })
  return [hashNode(last, before), hashNode(last, after)]
}

/** RFC 8785 for what stands in our lines: sorted names, no spaces. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const members = Object.keys(value)
    .sort()
    .filter((name) => value[name] !== undefined)
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

/** The same, null where it is none. */
function findKey(text) {
  try {
    return readKey(text)
  } catch {
    return null
  }
}

/** C2SP signed-note: name+id+base64(1 ‖ Ed25519 key). */
function readKey(text) {
  const [, name, id, bytes] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  if (!name) throw new Error(`Khóa “${text.slice(0, 60)}” không đúng dạng.`)
  const raw = Buffer.from(bytes, 'base64')
  const known = sha256(`${name}\n`, raw).subarray(0, 4).toString('hex') === id && raw.length === 33
  if (!known) throw new Error(`Khóa ${name} có mã không khớp.`)
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)])
  return { name, id, text: text.trim(), key: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
}

function isSigned(note, { name, id, key }) {
  const end = note.lastIndexOf('\n\n')
  return note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const [, signer, signature] = /^— (\S+) (\S+)$/.exec(line) ?? []
      const bytes = Buffer.from(signature ?? '', 'base64')
      if (signer !== name || bytes.toString('base64') !== signature || bytes.subarray(0, 4).toString('hex') !== id)
        return false
      return verify(null, Buffer.from(note.slice(0, end + 1)), key, bytes.subarray(4))
    })
}

/** C2SP tlog-checkpoint: origin, size, root. */
function readCheckpoint(note) {
  const [, origin, size, root] = /^([^\n]+)\n(\d+)\n([A-Za-z0-9+/]{43}=)\n/.exec(note ?? '') ?? []
  if (!origin) throw new Error('Lần ký (checkpoint) không đọc được.')
  return { origin, size: Number(size), root: Buffer.from(root, 'base64'), note }
}

/** What this machine has seen before: the key, then every checkpoint, one JSON a line. */
function readMemory(path) {
  if (!path || !existsSync(path)) return { key: null, checkpoints: [] }
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  return {
    key: lines.findLast((line) => line.key)?.key ?? null,
    checkpoints: lines.filter((line) => line.checkpoint).map((line) => readCheckpoint(line.checkpoint)),
  }
}

function keepMemory(path, { checkpoints }, key, now) {
  if (!path) return
  const kept = [...checkpoints.filter(({ note }) => note !== now.note), now]
  const lines = [{ key }, ...kept.map(({ note }) => ({ checkpoint: note }))]
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

// ── 2. Over the network ─────────────────────────────────────────────────────────────────────────────────────────────

async function checkAddress(url, memory, proofFile) {
  const load = async (path) => {
    const reply = await fetch(new URL(path, url))
    if (!reply.ok) throw new Error(`${path} trả về ${reply.status}.`)
    return Buffer.from(await reply.arrayBuffer())
  }
  const [current, ...handovers] = (await load('/so-cai/khoa')).toString().split(/\n\n(?=Ý Dân: )/)
  const key = readKey(current.split('\n')[0])
  const now = readCheckpoint((await load('/so-cai/checkpoint')).toString())
  if (!isSigned(now.note, key)) report('Lần ký mới nhất không mang chữ ký của khóa đang công bố.')
  if (now.origin !== key.name) report(`Lần ký mới nhất mang tên ${now.origin}, khóa mang tên ${key.name}.`)
  checkHandovers(memory.key, key, handovers)
  const tiles = new Map()
  const hashOf = (from, to) =>
    hashRange(from, to, now.size, (path) => {
      if (!tiles.has(path)) tiles.set(path, load(`/so-cai/tile/${path}`))
      return tiles.get(path)
    })
  if (!(await hashOf(0, now.size)).equals(now.root)) report('Các mã đã công bố không ghép thành mã gốc đã ký.')
  for (const seen of memory.checkpoints) await checkConsistency(seen, now, hashOf)
  if (proofFile) {
    const proved = checkProof(readFileSync(proofFile, 'utf8'), [key, ...knownKeys(handovers)])
    if (proved) await checkConsistency(proved, now, hashOf)
  }
  return { key, now }
}

const knownKeys = (handovers) =>
  handovers
    .flatMap((note) => note.split('\n').slice(1, 3))
    .map(findKey)
    .filter(Boolean)

/** From the key this machine knows to the one in use, each step signed by both. */
function checkHandovers(known, key, handovers) {
  let current = key.text
  for (const note of handovers) {
    if (!known || current === known) break
    const [, from, to, after] = note.split('\n')
    if (to !== current || !isSigned(note, readKey(to))) continue
    const old = findKey(from)
    if (!old || !isSigned(note, old)) report(`Khóa ký đã đổi sang ${readKey(to).id} mà khóa cũ không ký bàn giao.`)
    if (after.startsWith('khôi phục'))
      report(`Sổ cái đã được khôi phục từ bản sao lưu: ${after}. Các dòng đã công bố sau đó đang thiếu.`)
    current = from
  }
  if (known && current !== known)
    report(
      `Khóa ký (${key.id}) không phải khóa đã nhớ (${readKey(known).id}) và không có bàn giao: có thể đây là một sổ khác.`,
    )
}

/** Whether what was seen before is still the beginning of what is shown now. */
async function checkConsistency(seen, now, hashOf) {
  if (seen.origin !== now.origin) return
  if (seen.size > now.size)
    return report(`Sổ cái bị lùi: máy này đã thấy ${number(seen.size)} dòng, nay chỉ còn ${number(now.size)} dòng.`)
  if (seen.size === 0) return
  const proof = await Promise.all(consistencyRanges(seen.size, now.size).map(([from, to]) => hashOf(from, to)))
  const [before, after] = climbBoth(seen.size, now.size, seen.root, { proof })
  if (!before.equals(seen.root) || !after.equals(now.root))
    report(`Sổ cái đã bị viết lại: ${number(seen.size)} dòng đầu không còn như lần đã thấy (có hai bản khác nhau).`)
}

/** The hash over leaves [from, to) from tiles of 256 (C2SP tlog-tiles). */
async function hashRange(from, to, size, load) {
  const pieces = []
  for (let at = from; at < to; ) {
    let height = 0
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= to) height += 1
    const level = Math.floor(height / 8)
    const first = at / 2 ** (8 * level)
    const tile = Math.floor(first / 256)
    const width = Math.min(256, Math.floor(size / 256 ** level) - tile * 256)
    const name = [
      ...String(tile)
        .padStart(Math.ceil(String(tile).length / 3) * 3, '0')
        .match(/\d{3}/g),
    ]
    const path = `${level}/${name.map((part, index) => (index < name.length - 1 ? `x${part}` : part)).join('/')}${width < 256 ? `.p/${width}` : ''}`
    const bytes = await load(path)
    pieces.push(rootOf(hashesIn(bytes).slice(first % 256, (first % 256) + 2 ** (height - 8 * level))))
    at += 2 ** height
  }
  return pieces.reduceRight((right, left) => hashNode(left, right))
}

const hashesIn = (bytes) => Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(at * 32, at * 32 + 32))

/** C2SP tlog-proof; `extra` holds the line and its nonce. Returns the checkpoint it leads to. */
function checkProof(text, keys) {
  const cut = text.indexOf('\n\n')
  const [magic, extraLine = '', indexLine = '', ...path] = text.slice(0, cut).split('\n')
  if (magic !== 'c2sp.org/tlog-proof@v1') throw new Error('Tệp chứng minh không đúng dạng tlog-proof.')
  const checkpoint = readCheckpoint(text.slice(cut + 2))
  const extra = JSON.parse(Buffer.from(extraLine.slice(6), 'base64'))
  const index = Number(indexLine.slice(6))
  const leaf = hashLeaf(Buffer.from(extra.nonce, 'base64'), extra.record)
  const root = climb(
    leaf,
    index,
    checkpoint.size,
    path.map((hash) => Buffer.from(hash, 'base64')),
  )
  const record = JSON.parse(extra.record)
  const opened =
    extra.content && hashPart(Buffer.from(extra.content.nonce, 'base64'), extra.content.json).toString('base64')
  if (!keys.some((key) => isSigned(checkpoint.note, key))) report('Tệp chứng minh không mang chữ ký của khóa sổ cái.')
  else if (!root?.equals(checkpoint.root))
    report(`Phiếu trong tệp chứng minh không phải dòng ${number(index + 1)} của sổ đã ký.`)
  else if (opened && opened !== record.content)
    report('Câu trả lời trong tệp chứng minh không phải câu trả lời đã ghi.')
  else {
    console.log(
      `Tệp chứng minh: phiếu là dòng ${number(index + 1)} của sổ có ${number(checkpoint.size)} dòng, ngày ${record.day}.`,
    )
    return checkpoint
  }
  return null
}

// ── 3. Reading the tables ───────────────────────────────────────────────────────────────────────────────────────────

/** A row of COPY's text format as strings; \N is null. */
function readRow(line) {
  return line.split('\t').map((field) => {
    if (field === '\\N') return null
    if (!field.includes('\\')) return field
    return field.replace(
      /\\(.)/g,
      (_, letter) => ({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' })[letter] ?? letter,
    )
  })
}

/** A source gives `read(names, take)`: every row of these tables, as an object of strings by column. */
function openBackup(path) {
  const frames = async function* () {
    let start = ''
    for await (const chunk of createReadStream(path, { end: 79, encoding: 'latin1' })) start += chunk
    const head = /^YDAN-BACKUP 1 (?:plain|scrypt ([0-9a-f]{32}))\n/.exec(start)
    if (!head) throw new Error('Tệp này không phải bản sao lưu của Ý Dân.')
    const body = createReadStream(path, { start: head[0].length, end: statSync(path).size - 74 })
    let rest = Buffer.alloc(0)
    for await (const chunk of pipeline(head[1] ? decrypt(body, head[1]) : body, createGunzip(), () => {})) {
      rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
      while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
        const end = 5 + rest.readUInt32BE(1)
        yield [rest.toString('latin1', 0, 1), rest.subarray(5, end)]
        rest = rest.subarray(end)
      }
    }
  }
  return {
    read: async (names, take) => {
      let [header, table, rest] = [null, null, '']
      for await (const [kind, bytes] of frames()) {
        if (kind === 'H') header = JSON.parse(bytes)
        if (kind === 'T') table = header.tables.find(({ name }) => name === JSON.parse(bytes).name)
        if (kind !== 'D' || !names.includes(table.name)) continue
        rest = splitLines(rest + bytes.toString('latin1'), (line) => take(table.name, nameValues(table.columns, line)))
      }
    },
    has: async (name) => {
      for await (const [kind, bytes] of frames())
        if (kind === 'H') return JSON.parse(bytes).tables.some((table) => table.name === name)
    },
    close: () => {},
  }
}

/** Chunks of 64 KiB, each sealed with its number and whether it is the last. */
async function* decrypt(source, salt) {
  const passphrase = process.env.BACKUP_PASSPHRASE
  if (!passphrase) throw new Error('Bản sao lưu có mã hóa; xin đặt BACKUP_PASSPHRASE.')
  const key = scryptSync(passphrase, Buffer.from(salt, 'hex'), 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 })
  const size = 64 * 1024 + 16
  let [waiting, count] = [Buffer.alloc(0), 0]
  const open = (bytes, isLast) => {
    const nonce = Buffer.alloc(12)
    nonce.writeUInt8(isLast ? 1 : 0, 0)
    nonce.writeUInt32BE(count++, 8)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
  }
  for await (const chunk of source) {
    waiting = Buffer.concat([waiting, chunk])
    for (; waiting.length > size; waiting = waiting.subarray(size)) yield open(waiting.subarray(0, size), false)
  }
  yield open(waiting, true)
}

/** Bytes are read as latin1 so that a letter is never cut in two; each line becomes UTF-8 when it is whole. */
function splitLines(text, take) {
  let from = 0
  for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
    take(Buffer.from(text.slice(from, to), 'latin1').toString())
    from = to + 1
  }
  return text.slice(from)
}

function nameValues(columns, line) {
  const values = readRow(line)
  const row = {}
  for (let at = 0; at < columns.length; at += 1) row[columns[at]] = values[at]
  return row
}

/** As much of PostgreSQL's protocol as reading needs: sign in, a question, COPY. One moment for all tables. */
async function openDatabase(target, schema) {
  const wire = await openWire(target)
  for (const text of [
    'begin isolation level repeatable read read only',
    "set local timezone to 'UTC'",
    "set local datestyle to 'ISO'",
    'set local extra_float_digits to 1',
    'set local statement_timeout to 0',
    `set local search_path to "${schema.replaceAll('"', '')}"`,
    // On Citus the tables stand on another machine, which must hear of it too.
    "set local citus.propagate_set_commands to 'local'",
    "set local ydan.agencies to 'all'",
  ])
    await wire.ask(text)
  const columnsOf = async (name) => {
    let list = []
    const question = `select array_to_string(array_agg(attname order by attnum), ',') from pg_attribute where attrelid = to_regclass('${name}') and attnum > 0 and not attisdropped and attgenerated = ''`
    await wire.ask(`copy (${question}) to stdout`, (line) => (list = line === '\\N' ? [] : line.split(',')))
    return list
  }
  return {
    read: async (names, take) => {
      for (const name of names) {
        const columns = await columnsOf(name)
        if (columns.length > 0)
          await wire.ask(`copy ${name} (${columns.map((column) => `"${column}"`)}) to stdout`, (line) =>
            take(name, nameValues(columns, line)),
          )
      }
    },
    has: async (name) => (await columnsOf(name)).length > 0,
    close: () => wire.end(),
  }
}

async function openWire({ host, port, user, password, database, tls }) {
  let socket = host.startsWith('/') ? connect(join(host, `.s.PGSQL.${port}`)) : connect(port, host)
  if (tls) {
    socket.write(Buffer.from('0000000804d2162f', 'hex'))
    const [answer] = await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject))
    if (answer !== 83) throw new Error('Máy chủ PostgreSQL không nhận kết nối TLS.')
    socket = connectTls({ socket, servername: host, rejectUnauthorized: tls !== 'require' })
  }
  const messages = readMessages(socket)
  const send = (kind, ...parts) => {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)))
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length + 4)
    socket.write(Buffer.concat([Buffer.from(kind), size, body]))
  }
  const next = async () => {
    const { value, done } = await messages.next()
    if (done) throw new Error('PostgreSQL ngắt kết nối.')
    if (value.kind !== 'E') return value
    throw new Error(`PostgreSQL: ${/\0M([^\0]*)/.exec(`\0${value.body}`)?.[1]}`)
  }
  send('', Buffer.from('00030000', 'hex'), 'user', user, 'database', database, '')
  await signIn(next, send, password)
  return {
    /** Runs one statement; COPY's lines go to `take`. */
    ask: async (text, take = () => {}) => {
      send('Q', text)
      for (let message = await next(); message.kind !== 'Z'; message = await next())
        if (message.kind === 'd') take(message.body.toString('utf8', 0, message.body.length - 1))
    },
    end: () => socket.end(),
  }
}

async function* readMessages(socket) {
  let [rest, at] = [Buffer.alloc(0), 0]
  for await (const chunk of socket) {
    rest = at < rest.length ? Buffer.concat([rest.subarray(at), chunk]) : chunk
    at = 0
    while (rest.length >= at + 5 && rest.length >= at + 1 + rest.readUInt32BE(at + 1)) {
      const end = at + 1 + rest.readUInt32BE(at + 1)
      yield { kind: String.fromCharCode(rest[at]), body: rest.subarray(at + 5, end) }
      at = end
    }
  }
}

/** No password, plain, or SCRAM-SHA-256 (RFC 5802). */
async function signIn(next, send, password) {
  const nonce = randomBytes(18).toString('base64')
  let [first, proof] = ['', '']
  for (let message = await next(); message.kind !== 'Z'; message = await next()) {
    if (message.kind !== 'R') continue
    const wanted = message.body.readUInt32BE(0)
    const said = message.body.subarray(4).toString()
    if (wanted === 3) send('p', password)
    if (wanted === 5) throw new Error('Máy chủ PostgreSQL dùng md5; xin đổi sang scram-sha-256.')
    if (wanted === 10) {
      first = `n=,r=${nonce}`
      const size = Buffer.alloc(4)
      size.writeUInt32BE(first.length + 3)
      send('p', 'SCRAM-SHA-256', size, Buffer.from(`n,,${first}`))
    }
    if (wanted === 11) {
      const [, both, salt, rounds] = /^r=([^,]+),s=([^,]+),i=(\d+)/.exec(said)
      const salted = pbkdf2Sync(password.normalize('NFKC'), Buffer.from(salt, 'base64'), Number(rounds), 32, 'sha256')
      const clientKey = createHmac('sha256', salted).update('Client Key').digest()
      const signature = createHmac('sha256', sha256(clientKey)).update(`${first},${said},c=biws,r=${both}`).digest()
      proof = clientKey.map((byte, index) => byte ^ signature[index])
      send('p', Buffer.from(`c=biws,r=${both},p=${Buffer.from(proof).toString('base64')}`))
    }
  }
}

function targetOfFolder(folder) {
  if (!existsSync(join(folder, 'pg/postmaster.pid')))
    throw new Error('Không có cơ sở dữ liệu nào chạy trên thư mục này; xin khởi động Ý Dân, hoặc dùng --backup.')
  const [, , , port, socketFolder, address] = readFileSync(join(folder, 'pg/postmaster.pid'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
  const { application } = JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8'))
  return {
    host: socketFolder || address || '127.0.0.1',
    port: Number(port),
    user: 'ydan_app',
    password: application,
    database: 'ydan',
  }
}

function targetOfUrl(text) {
  const url = new URL(text)
  const mode = url.searchParams.get('sslmode')
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    port: Number(url.port || url.searchParams.get('port') || 5432),
    user: decodeURIComponent(url.username || 'postgres'),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    tls: mode && mode !== 'disable' && mode !== 'prefer' && mode !== 'allow' ? mode : null,
  }
}

// ── 4. Checking the tables ──────────────────────────────────────────────────────────────────────────────────────────

const reasons = [
  ...[null, 'honeypot', 'too_fast', 'same_device', 'over_budget', 'ticket_used', 'outside_hours', 'over_capacity'],
  'reviewed',
]
const standingWords = (reason) => (reason === null ? 'được tính' : `để riêng (${reason})`)
/** A response may wait this long for its line, and batches this long for their commit. */
const patienceMs = 120_000

async function checkTables(source, { memory, last }) {
  if (!(await source.has('ledger_entries'))) throw new Error('Cơ sở dữ liệu này chưa có sổ cái.')
  const books = await readBooks(source)
  const { size, state } = books
  const checkpoint = readCheckpoint(state.checkpoint)
  if (checkpoint.size !== size)
    report(`Sổ ghi có ${number(size)} dòng, lần ký mới nhất ghi ${number(checkpoint.size)} dòng.`)
  checkNotices(books)
  await checkResponses(source, books)
  checkDays(books)
  await checkTallies(source, books)
  checkTree(books, checkpoint, last ? [...memory.checkpoints, last] : memory.checkpoints)
  const key = currentKey(books)
  if (!key || !isSigned(checkpoint.note, key))
    report('Lần ký mới nhất không mang chữ ký của khóa ghi trong sổ: đã bị ký lại bằng khóa khác.')
  else if (
    memory.key &&
    memory.key !== key.text &&
    !books.notices.some(({ body }) => body.type === 'key' && body.handover?.includes(memory.key))
  )
    report('Khóa ghi trong sổ không phải khóa đã nhớ, và không có bàn giao.')
  return { size, key, checkpoint }
}

/** Everything but the responses: small enough for memory. */
async function readBooks(source) {
  const books = {
    settings: new Map(),
    lines: new Map(),
    seen: new Set(),
    highest: -1,
    notices: [],
    tiles: new Map(),
    comments: new Map(),
    versions: new Map(),
    changes: [],
    events: new Map(),
    indicators: [],
    waves: [],
    reports: [],
    cells: [],
    months: [],
    rolled: new Map(),
    state: null,
  }
  const take = {
    settings: ({ key, value }) => books.settings.set(key, value),
    ledger_state: (row) => (books.state = row),
    ledger_tiles: ({ level, number: at, hashes }) =>
      books.tiles.set(`${level}/${at}`, Buffer.from(hashes.slice(2), 'hex')),
    ledger_entries: (row) => takeEntry(books, row),
    ledger_events: ({ id, body, at }) => books.events.set(id, { body: JSON.parse(body), at }),
    comments: ({ place_id, response_id, body }) => books.comments.set(`${place_id}|${response_id}`, body),
    questionnaire_versions: (row) => books.versions.set(row.id, { ...row, plan: planOf(JSON.parse(row.definition)) }),
    standing_changes: (row) => books.changes.push(row),
    indicators: (row) => books.indicators.push(row),
    waves: (row) => books.waves.push(row),
    reports: (row) => books.reports.push(row),
    cells: (row) => books.cells.push(row),
    months: (row) => books.months.push(row),
    rolled_months: ({ month, through }) => books.rolled.set(month, through),
  }
  await source.read(Object.keys(take), (name, row) => take[name](row))
  if (!books.state) throw new Error('Sổ cái chưa có lần ký nào.')
  books.size = Math.max(Number(books.state.size), books.highest + 1)
  books.nonceKey = books.settings.get('key.ledger') ?? ''
  books.notices.sort((a, b) => a.position - b.position)
  for (let at = 0; at < books.size; at += 1)
    if (!books.seen.has(at)) report(`Dòng ${number(at + 1)} của sổ ghi bị xóa.`)
  books.leaves = leavesOf(books)
  books.found = new Uint8Array(books.size)
  return books
}

function takeEntry(books, row) {
  const position = Number(row.position)
  books.seen.add(position)
  books.highest = Math.max(books.highest, position)
  if (row.kind === 'response')
    books.lines.set(`${row.place_id}|${row.response_id}`, { position, parts: Buffer.from(row.parts.slice(2), 'hex') })
  else books.notices.push({ position, kind: row.kind, source: row.source, text: row.body, body: JSON.parse(row.body) })
}

/** Leaf hashes as the tiles of level 0 hold them. */
function leavesOf({ tiles, size }) {
  const leaves = Buffer.alloc(size * 32)
  for (let at = 0; at * 256 < size; at += 1) {
    const bytes = tiles.get(`0/${at}`)
    if (!bytes || bytes.length < Math.min(256, size - at * 256) * 32)
      report(`Mã của các dòng từ ${number(at * 256 + 1)} bị thiếu trong bảng ledger_tiles.`)
    bytes?.copy(leaves, at * 8192, 0, Math.min(8192, (size - at * 256) * 32))
  }
  return leaves
}

const leafAt = ({ leaves }, position) => leaves.subarray(position * 32, position * 32 + 32)

/** The four nonces of a line: of the leaf, the content, the arrival, the comment. */
function noncesOf({ nonceKey }, position) {
  const digest = createHmac('sha512', nonceKey).update(`ledger|${position}`).digest()
  return [0, 16, 32, 48].map((from) => digest.subarray(from, from + 16))
}

/** Lines that are not responses: unchanged, and saying what their tables say. */
function checkNotices(books) {
  const bySource = new Map(books.notices.map((notice) => [notice.source, notice]))
  for (const { position, kind, text } of books.notices) {
    books.found[position] = 1
    if (!hashLeaf(noncesOf(books, position)[0], text).equals(leafAt(books, position)))
      report(`Dòng ${number(position + 1)} của sổ (${kind}) đã bị sửa.`)
  }
  const compare = (source, at, what, expected) => {
    const body = bySource.get(source)?.body
    bySource.delete(source)
    if (body && Object.entries(expected).some(([name, value]) => canonical(body[name]) !== canonical(value)))
      report(`${what} đã bị sửa sau khi ghi sổ.`)
    if (!body && isOld(books, at)) report(`${what} không có dòng trong sổ.`)
  }
  const digest = (json) => sha256(canonical(typeof json === 'string' ? JSON.parse(json) : json)).toString('hex')
  for (const { id, code, version, definition, published_at } of books.versions.values()) {
    const expected = { code, version: Number(version), hash: digest(definition) }
    if (published_at) compare(`questionnaire:${id}`, published_at, `Bộ câu hỏi ${code} phiên bản ${version}`, expected)
  }
  for (const { code, version, changed_at, title, target, period, owner_agency_id, definition } of books.indicators) {
    const said = { title, target: Number(target), period, owner: Number(owner_agency_id) }
    const hash = digest({ ...said, definition: JSON.parse(definition) })
    compare(`indicator:${code}:${version}`, changed_at, `Chỉ tiêu ${code} phiên bản ${version}`, { hash })
  }
  for (const { id, name, closed_at, snapshot } of books.waves)
    if (closed_at && snapshot)
      compare(`wave:${id}`, closed_at, `Kết quả đợt khảo sát “${name}”`, { hash: digest(snapshot) })
  for (const { id, place_id, response_id, from_reason, to_reason, why, changed_at } of books.changes) {
    const expected = { place: Number(place_id), response: response_id, from: from_reason, to: to_reason, why }
    compare(`standing:${id}`, changed_at, `Lần xét lại phiếu ${response_id}`, expected)
  }
  for (const row of books.reports) checkReport(row, digest, compare)
  for (const [id, { body, at }] of books.events) compare(`event:${id}`, at, `Sự kiện ${id}`, body)
  for (const [source, { position, kind }] of bySource)
    if (kind !== 'day' && kind !== 'key')
      report(`Dòng ${number(position + 1)} (${kind}) nói về ${source}, nay không còn trong bảng: đã bị xóa.`)
}

/** What has just happened may still wait for its line. */
const isOld = ({ state }, at) => Date.parse(instant(at)) < Date.parse(instant(state.at)) - patienceMs

function checkReport(row, digest, compare) {
  const name = `Báo cáo số ${row.id} (${row.from_day} đến ${row.to_day})`
  if (row.state !== 'draft' && digest(row.document) !== row.hash) report(`${name}: nội dung không khớp mã đã duyệt.`)
  for (const step of ['approved', 'published'])
    if (row[`${step}_at`]) compare(`report:${row.id}:${step}`, row[`${step}_at`], name, { hash: row.hash })
}

const instant = (text) => new Date(`${text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')}`).toISOString()
const dayOf = (receivedAt) => new Date(Date.parse(receivedAt) + 7 * 3_600_000).toISOString().slice(0, 10)
const halfOf = (receivedAt) =>
  new Date(Date.parse(receivedAt) + 7 * 3_600_000).getUTCHours() < 12 ? 'morning' : 'afternoon'

/** Lines tell the minute; the oldest tell the exact time, which their rows then keep. */
const minuteOf = ({ receivedAt }) => `${receivedAt.slice(0, 16)}:00.000Z`
const hashArrival = (row, reason, nonce, logged) => {
  const hashes = [minuteOf(row), row.receivedAt].map((at) => hashPart(nonce, canonical(arrivalOf(row, reason, at))))
  return hashes.find((hash) => hash.equals(logged)) ?? hashes[0]
}

// What a line is made of; must say the same as server/ledger/entry-rules.ts.
const contentOf = (row) => ({
  id: row.id,
  answers: row.answers,
  extras: row.extras && JSON.parse(row.extras),
  field: Number(row.field_id),
  serviceMode: row.service_mode,
  respondent: row.respondent,
  language: row.language,
  ...(row.assisted && { assisted: row.assisted === 't' }),
})
const arrivalOf = (row, reason, receivedAt = minuteOf(row)) => ({
  receivedAt,
  standing: reason === null ? 'counted' : 'set_aside',
  reason,
  provenance: row.provenance,
  seconds: row.seconds === null ? null : Number(row.seconds),
  wave: Number(row.wave_id),
  stratum: Number(row.stratum_id),
})
const recordOf = (row, [content, arrival, comment]) =>
  canonical({
    type: 'response',
    place: Number(row.place_id),
    version: Number(row.version_id),
    day: row.day,
    half: halfOf(row.receivedAt),
    channel: row.channel,
    content: content.toString('base64'),
    arrival: arrival.toString('base64'),
    comment: comment.toString('base64'),
  })

async function checkResponses(source, books) {
  const moves = new Map()
  const logged = new Set(books.notices.map((notice) => notice.source))
  // A decision or an erasure of this very minute has no line yet.
  const isPending = (source, at) => !logged.has(source) && !isOld(books, at)
  const move = (name, from, to, position) => moves.set(name, [...(moves.get(name) ?? []), { from, to, position }])
  for (const { kind, body, position } of books.notices)
    if (kind === 'standing') move(`${body.place}|${body.response}`, body.from, body.to, position)
  for (const { id, place_id, response_id, from_reason, to_reason, changed_at } of books.changes)
    if (isPending(`standing:${id}`, changed_at))
      move(`${place_id}|${response_id}`, from_reason, to_reason, Number.POSITIVE_INFINITY)
  books.moves = moves
  const erasures = [
    ...books.notices.filter(({ kind }) => kind === 'erasure'),
    ...[...books.events].filter(([id, { at }]) => isPending(`event:${id}`, at)).map(([, event]) => event),
  ]
  books.erased = new Set(erasures.map(({ body }) => `${body.place}|${body.response}`))
  books.dayEnds = new Map(
    books.notices
      .filter(({ kind }) => kind === 'day')
      .map(({ body, position }) => [body.day, { position, places: new Map(), body }]),
  )
  books.tallies = new Map()
  await source.read(['responses'], (_, row) => checkResponse(books, row))
  for (const [name, { position }] of books.lines)
    if (!books.found[position])
      report(
        `Dòng ${number(position + 1)}: phiếu ${name.split('|')[1]} tại nơi phục vụ ${name.split('|')[0]} không còn trong bảng: đã bị xóa.`,
      )
}

function checkResponse(books, row) {
  row.receivedAt = instant(row.received_at)
  countInto(books, row)
  const name = `${row.place_id}|${row.id}`
  const line = books.lines.get(name)
  const phieu = `Phiếu ${row.id} tại nơi phục vụ ${row.place_id}, ngày ${row.day}`
  if (!line) {
    if (Date.parse(row.receivedAt) > Date.parse(instant(books.state.at)) - patienceMs) return
    return report(`${phieu}: có trong bảng mà không có dòng trong sổ: được chèn thêm.`)
  }
  const { position, parts } = line
  books.found[position] = 1
  const moved = books.moves.get(name) ?? []
  const arrived = moved.length > 0 ? moved[0].from : row.reason
  const comment = books.comments.get(name) ?? null
  const [leafNonce, contentNonce, arrivalNonce, commentNonce] = noncesOf(books, position)
  const logged = [0, 32, 64].map((from) => parts.subarray(from, from + 32))
  const isErased = comment === null && books.erased.has(name)
  const computed = [
    hashPart(contentNonce, canonical(contentOf(row))),
    hashArrival(row, arrived, arrivalNonce, logged[1]),
    isErased ? logged[2] : hashPart(commentNonce, canonical(comment)),
  ]
  const now = moved.length > 0 ? moved.at(-1).to : arrived
  if (now !== row.reason)
    report(`${phieu}: nay ${standingWords(row.reason)}, theo sổ là ${standingWords(now)}: đổi mà không có dòng.`)
  countDay(books, row, position, { arrived, moved })
  if (hashLeaf(leafNonce, recordOf(row, computed)).equals(leafAt(books, position))) return
  explain(books, row, phieu, { position, computed, logged, comment, arrivalNonce, leafNonce })
}

/** Which part of a response is no longer the one in the ledger. */
function explain(books, row, phieu, { position, computed, logged, comment, arrivalNonce, leafNonce }) {
  const before = findings.length
  const line = `(dòng ${number(position + 1)})`
  if (!computed[0].equals(logged[0])) report(`${phieu}: câu trả lời đã bị sửa ${line}.`)
  if (!computed[1].equals(logged[1])) {
    const was = reasons.find((reason) => hashArrival(row, reason, arrivalNonce, logged[1]).equals(logged[1]))
    if (was === undefined) report(`${phieu}: giờ nhận hoặc đợt khảo sát đã bị sửa ${line}.`)
    else
      report(
        `${phieu}: nay ${standingWords(row.reason)}, khi nhận là ${standingWords(was)}: đổi mà không có dòng ${line}.`,
      )
  }
  if (!computed[2].equals(logged[2]))
    report(
      comment === null
        ? `${phieu}: ý kiến bị xóa mà không có dòng xóa ${line}.`
        : `${phieu}: ý kiến đã bị sửa ${line}.`,
    )
  if (findings.length > before) return
  const right = dayOf(row.receivedAt)
  const isDay = hashLeaf(leafNonce, recordOf({ ...row, day: right }, logged)).equals(leafAt(books, position))
  report(
    isDay
      ? `${phieu}: ngày đã bị sửa, đúng ra là ${right} ${line}.`
      : `${phieu}: nơi phục vụ, phiên bản hoặc cách trả lời đã bị sửa, hoặc dòng của nó bị sửa ${line}.`,
  )
}

/** Who was counted when the day's totals were written. */
function countDay(books, row, position, { arrived, moved }) {
  const end = books.dayEnds.get(row.day)
  if (!end) return
  if (position > end.position)
    return report(
      `Phiếu ${row.id} tại nơi phục vụ ${row.place_id} mang ngày ${row.day} nhưng vào sổ sau khi ngày ấy đã khép: bị lùi ngày.`,
    )
  const reason =
    moved.findLast((move) => move.position < end.position)?.to ??
    (moved.length > 0 && moved[0].position < end.position ? null : arrived)
  const total = end.places.get(row.place_id) ?? { received: 0, counted: 0 }
  total.received += 1
  if (reason === null) total.counted += 1
  end.places.set(row.place_id, total)
}

function checkDays({ dayEnds }) {
  for (const [day, { places, body }] of dayEnds)
    for (const { place, received, counted } of body.places) {
      const now = places.get(String(place)) ?? { received: 0, counted: 0 }
      if (now.received !== received || now.counted !== counted)
        report(
          `Ngày ${day}, nơi phục vụ ${place}: sổ ghi nhận ${received}, tính ${counted}; nay còn ${now.received}, tính ${now.counted}.`,
        )
    }
}

// Tallies: counted anew from the responses, by the formula of server/score/METHOD.md.

/** Each criterion's factor and the probability of being asked it. */
function planOf({ factors, extra }) {
  const criteria = factors.flatMap((factor, index) =>
    factor.criteria.map(({ core }) => ({
      factor: index,
      asked: core ? 1 : factor.draw / factor.criteria.filter((one) => !one.core).length,
    })),
  )
  return { criteria, scopes: factors.length + 1, extras: extra.map(({ code }) => code) }
}

const keyColumns = [
  'place_id',
  'version_id',
  'field_id',
  'service_mode',
  'channel',
  'provenance',
  'respondent',
  'standing',
  'wave_id',
  'stratum_id',
]
const keyOf = (row, period) => `${period}|${keyColumns.map((column) => row[column]).join('|')}`

function countInto(books, row) {
  const plan = books.versions.get(row.version_id)?.plan
  if (!plan) return report(`Phiếu ${row.id} trả lời một bộ câu hỏi không còn trong bảng (${row.version_id}).`)
  const name = keyOf(row, row.day)
  let cell = books.tallies.get(name)
  if (!cell) {
    cell = {
      received: 0,
      moments: new Array(7 * plan.scopes).fill(0),
      counts: new Array(6 * plan.criteria.length).fill(0),
      extra_sums: new Array(2 * plan.extras.length).fill(0),
    }
    books.tallies.set(name, cell)
  }
  cell.received += 1
  addAnswers(cell, plan, row.answers, row.channel === 'paper' || row.channel === 'interview')
  const extras = row.extras ? JSON.parse(row.extras) : {}
  plan.extras.forEach((code, at) => {
    if (extras[code] === undefined) return
    cell.extra_sums[2 * at] += 1
    if (typeof extras[code] === 'number') cell.extra_sums[2 * at + 1] += extras[code]
  })
}

/** n, b, Σy, Σm, Σy², Σym, Σm² over all criteria and over each factor, weights 1/probability. */
function addAnswers(cell, plan, answers, askedAll) {
  const sums = Array.from({ length: plan.scopes }, () => ({ asked: 0, answered: 0, satisfied: 0, below: 0 }))
  plan.criteria.forEach(({ factor, asked }, at) => {
    const mark = answers[at]
    if (mark === '.' || mark === undefined) return
    const worth = askedAll ? 1 : 1 / asked
    if (mark !== '-') cell.counts[6 * at + Number(mark)] += 1
    for (const sum of [sums[0], sums[factor + 1]]) {
      sum.asked += worth
      if (mark === '-' || mark === '0') continue
      sum.answered += worth
      if (mark >= '4') sum.satisfied += worth
      else sum.below = 1
    }
  })
  sums.forEach(({ asked, answered, satisfied, below }, scope) => {
    if (answered === 0) return
    const [y, m] = [satisfied / asked, answered / asked]
    const sums7 = [1, below, y, m, y * y, y * m, m * m]
    for (let at = 0; at < 7; at += 1) cell.moments[7 * scope + at] += sums7[at]
  })
}

async function checkTallies(_source, books) {
  compareTallies(books.tallies, books.cells, ({ day }) => day, 'ngày')
  const months = new Map()
  for (const [name, cell] of books.tallies) {
    const month = `${name.slice(0, 7)}-01`
    // Of a running month only its closed days are added up.
    if (!books.rolled.has(month) || name.slice(0, 10) > books.rolled.get(month)) continue
    const key = `${month}${name.slice(10)}`
    const sum = months.get(key)
    if (!sum) months.set(key, structuredClone(cell))
    else
      for (const column of sumColumns)
        sum[column] =
          column === 'received'
            ? sum.received + cell.received
            : sum[column].map((value, at) => value + cell[column][at])
  }
  compareTallies(
    months,
    books.months.filter(({ month }) => books.rolled.has(month)),
    ({ month }) => month,
    'tháng từ',
  )
}

const sumColumns = ['received', 'moments', 'counts', 'extra_sums']

function compareTallies(right, stored, periodOf, word) {
  const left = new Map(right)
  for (const row of stored) {
    const name = keyOf(row, periodOf(row))
    const cell = left.get(name)
    left.delete(name)
    const isSame =
      cell &&
      sumColumns.every((column) =>
        isClose([cell[column]].flat(), row[column].replace(/[{}]/g, '').split(',').filter(Boolean).map(Number)),
      )
    if (!isSame && (cell || Number(row.received) > 0))
      report(
        `Số đếm của nơi phục vụ ${row.place_id}, ${word} ${periodOf(row)} (${row.channel}, ${row.standing}) khác với đếm lại từ phiếu.`,
      )
  }
  for (const name of left.keys())
    report(`Số đếm của nơi phục vụ ${name.split('|')[1]}, ${word} ${name.split('|')[0]} bị thiếu.`)
}

/** Sums of fractions differ in their last bits with the order of adding. */
const isClose = (a, b) =>
  a.length === b.length && a.every((value, at) => Math.abs(value - b[at]) <= 1e-9 * Math.max(1, Math.abs(value)))

/** The tree over the leaves: the signed root, the upper tiles, and every checkpoint seen before. */
function checkTree({ leaves, tiles, size }, checkpoint, seen) {
  const rows = [leaves]
  for (let count = size; count > 1; count = Math.floor(count / 2)) {
    const below = rows.at(-1)
    const row = Buffer.alloc(Math.floor(count / 2) * 32)
    for (let at = 0; at < row.length; at += 32)
      hashNode(below.subarray(2 * at, 2 * at + 32), below.subarray(2 * at + 32, 2 * at + 64)).copy(row, at)
    rows.push(row)
  }
  const rootAt = (to) => {
    const pieces = []
    for (let [at, rest] = [0, to]; rest > 0; ) {
      const height = Math.floor(Math.log2(rest))
      pieces.push(rows[height].subarray((at / 2 ** height) * 32, (at / 2 ** height) * 32 + 32))
      at += 2 ** height
      rest -= 2 ** height
    }
    return pieces.reduceRight((right, left) => hashNode(left, right))
  }
  if (checkpoint.size <= size && !rootAt(checkpoint.size).equals(checkpoint.root))
    report('Các dòng không ghép thành mã gốc đã ký: sổ cái đã bị sửa.')
  for (const [name, bytes] of tiles) {
    const [level, at] = name.split('/').map(Number)
    if (
      !bytes.equals(
        (rows[8 * level] ?? Buffer.alloc(0)).subarray(at * 8192, at * 8192 + 8192).subarray(0, bytes.length),
      ) ||
      bytes.length === 0
    )
      report(`Mã đã công bố (bảng ledger_tiles, tầng ${level}, ô ${at}) không đúng với các dòng.`)
  }
  for (const { origin, size: to, root } of seen) {
    if (origin !== checkpoint.origin || to === 0) continue
    if (to > size)
      report(`Sổ cái thiếu các dòng cuối: đã từng ký ${number(to)} dòng, nay chỉ còn ${number(size)} dòng.`)
    else if (!rootAt(to).equals(root)) report(`Sổ cái đã bị viết lại: ${number(to)} dòng đầu không còn như lần đã ký.`)
  }
}

/** The key that the newest line about keys names. */
function currentKey({ notices }) {
  const last = notices.findLast(({ kind }) => kind === 'key')
  return last ? readKey(last.body.key) : null
}

// ── 5. The command ──────────────────────────────────────────────────────────────────────────────────────────────────

function readArguments(list) {
  const options = {}
  for (let at = 0; at < list.length; at += 1) {
    if (!list[at].startsWith('--')) throw new Error(`Không hiểu “${list[at]}”.`)
    const value = list[at + 1]?.startsWith('--') ? undefined : list[at + 1]
    options[list[at].slice(2)] = value ?? true
    if (value !== undefined) at += 1
  }
  const unknown = Object.keys(options).filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Error(`Không có tùy chọn --${unknown[0]}; có ${known.map((name) => `--${name}`).join(' ')}.`)
  return options
}

const known = ['url', 'remember', 'proof', 'key', 'data-dir', 'database-url', 'schema', 'backup', 'last', 'json']

async function main() {
  const options = readArguments(process.argv.slice(2))
  const memory = readMemory(options.remember)
  let size = 0
  if (options.url) {
    const { key, now } = await checkAddress(options.url, memory, options.proof)
    size = now.size
    if (findings.length === 0) keepMemory(options.remember, memory, key.text, now)
  } else if (options.proof) {
    const text = options.key ?? memory.key
    if (!text) throw new Error('Xin ghi --key KHÓA (in ở trang /so-cai/khoa) hoặc --remember TỆP.')
    checkProof(readFileSync(options.proof, 'utf8'), [readKey(text)])
  } else size = await checkSource(options, memory)
  for (const sentence of findings) console.log(sentence)
  if (findings.length === 0)
    console.log(size > 0 ? `Không thấy sai lệch trong ${number(size)} dòng của sổ cái.` : 'Không thấy sai lệch.')
  if (options.json) console.log(JSON.stringify({ size, findings }))
  process.exitCode = findings.length > 0 ? 1 : 0
}

async function checkSource(options, memory) {
  const url = options['database-url']
  const folder = options['data-dir']
  if (!url && !folder && !options.backup)
    throw new Error('Xin ghi --url, --proof, --data-dir, --database-url hoặc --backup.')
  const last = options.last ?? (folder && join(folder, 'ledger.last'))
  const kept = last && existsSync(last) ? readCheckpoint(readFileSync(last, 'utf8')) : null
  const source = options.backup
    ? openBackup(options.backup)
    : await openDatabase(
        url ? targetOfUrl(url === true ? process.env.DATABASE_URL : url) : targetOfFolder(folder),
        options.schema ?? process.env.DATABASE_SCHEMA ?? 'public',
      )
  try {
    const { size, key, checkpoint } = await checkTables(source, { memory, last: kept })
    if (findings.length === 0 && key) keepMemory(options.remember, memory, key.text, checkpoint)
    return size
  } finally {
    source.close()
  }
}

main().catch((error) => {
  console.error(
    error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? `Không mở được: ${error.message}` : error.message,
  )
  process.exitCode = 2
})
