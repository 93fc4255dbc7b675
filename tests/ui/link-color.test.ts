import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const styles = join(import.meta.dirname, '../../web/styles')
/** Screens that hang on a wall or stand on a counter: nobody follows a link there. */
const withoutLinks = ['wall.css', 'screen.css']
const sheets = readdirSync(styles).filter((file) => /^[a-z].*\.css$/.test(file) && !withoutLinks.includes(file))

/** A sheet with everything it imports. */
function readSheet(path: string): string {
  return readFileSync(path, 'utf8').replace(/@import '([^']+)';/g, (_, file: string) =>
    readSheet(join(dirname(path), file)),
  )
}

test.each(sheets)('%s gives links a colour of ours, not the browser’s blue', (sheet) => {
  expect(readSheet(join(styles, sheet))).toMatch(/(^|[}/,])\s*a\s*(,[^{}]*)?\{[^}]*\bcolor:/)
})
