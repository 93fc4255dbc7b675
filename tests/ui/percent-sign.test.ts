import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatPercent, formatTarget, formatWholePercent } from '../../web/ui/format.ts'

const root = join(import.meta.dirname, '../../web')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?<!\.island)\.tsx?$/.test(file),
)
/** A figure or what prints one, an ordinary space, the sign. */
const loose = /[\d}] %/

test('no figure of a page can be parted from its sign', () => {
  expect([formatPercent(94.1), formatTarget(95), formatWholePercent(85)]).toEqual([
    '94,1\u00a0%',
    '95\u00a0%',
    '85\u00a0%',
  ])
  const broken = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .filter(
        (line) => !/^\s*(\*|\/\*|\/\/|\{\/\*)/.test(line) && loose.test(line) && !/% \d|% \(|% [a-z]+[.(]/.test(line),
      )
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(broken).toEqual([])
})
