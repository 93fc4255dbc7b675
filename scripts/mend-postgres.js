/**
 * Three faults of postgres.js 3.4.9, mended in the installed copy right after every install (github.com/porsager/postgres,
 * issues 1208 and 1154, pull request 1155; no release has them yet):
 * - what a transaction still says after its connection closed was written to a socket that is no more, from a timer where
 *   nobody can catch it: the whole server ended when its database did;
 * - or went over the next connection, outside of any transaction;
 * - a connection that closed while a few bytes waited for that timer never sent anything again.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cleared = 'clearImmediate(nextWriteTimer)\n'
const mends = [
  {
    file: 'connection.js',
    times: 2,
    from: `    ${cleared}`,
    to: `    ${cleared.trimEnd()}; chunk = nextWriteTimer = null\n`,
  },
  {
    file: 'connection.js',
    times: 1,
    from: '    const x = socket.write(chunk, fn)\n',
    to: "    if (socket === null) {\n      chunk = nextWriteTimer = null\n      error(Errors.connection('CONNECTION_CLOSED', options))\n      return false\n    }\n    const x = socket.write(chunk, fn)\n",
  },
  {
    file: 'index.js',
    times: 1,
    from: 'new Promise((_, reject) => connection.onclose = reject)',
    to: 'new Promise((_, reject) => connection.onclose = error => { closed = error; while (queries.length) queries.shift().reject(error); reject(error) })',
  },
  {
    file: 'index.js',
    times: 1,
    from: '      , connection\n      , prepare = null\n',
    to: '      , connection\n      , prepare = null\n      , closed = null\n',
  },
  {
    file: 'index.js',
    times: 1,
    from: 'q.catch(e => uncaughtError || (uncaughtError = e))\n',
    to: 'q.catch(e => uncaughtError || (uncaughtError = e))\n        if (closed) return q.reject(closed)\n',
  },
]

for (const { file, times, from, to } of mends) {
  const path = fileURLToPath(new URL(file, import.meta.resolve('postgres')))
  const text = readFileSync(path, 'utf8')
  if (text.split(to).length === times + 1) continue
  if (text.split(from).length !== times + 1)
    throw new Error(
      `postgres/src/${file} is not the text that scripts/mend-postgres.js mends: look at the new version.`,
    )
  // Renamed into place: the file may be shared with another folder's copy.
  writeFileSync(`${path}.mended`, text.replaceAll(from, to))
  renameSync(`${path}.mended`, path)
}
