import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'vite'
import { expect, test } from 'vitest'
import { type Term, terms } from '../../web/messages/terms.ts'

const root = join(import.meta.dirname, '../..')
type Text = { file: string; line: number; raw: string }

test('everything the program says uses one word for one thing', () => {
  expect(texts.length).toBeGreaterThan(10_000)
  expect(texts.flatMap(findMisused)).toEqual([])
})

test('each word of the list is used, and each exception still stands somewhere', () => {
  const said = texts.map(({ raw }) => oneLine(raw))
  for (const { vi, en, km, except = [] } of terms) {
    for (const word of [vi, en, km].filter((word) => word !== undefined))
      expect([word, said.some((text) => text.toLowerCase().includes(word.toLowerCase()))]).toEqual([word, true])
    for (const { phrase } of except) expect([phrase, said.some((text) => phrase.test(text))]).toEqual([phrase, true])
  }
})

test.each([
  ['a text of a page', 'const a = <p>\n  Mời hỏi cơ\n  quan chủ trì\n</p>', 'x.tsx:2: “cơ quan”, say “đơn vị”'],
  ['a number before an element', 'const a = <b>{count} điểm đang mở</b>', 'x.tsx:1: “điểm đang mở”, say “nơi phục vụ”'],
  ['a template', `const a = \`Tăng \${n} điểm so với\``, 'x.tsx:1: “{} điểm”, say “điểm phần trăm”'],
  ['an attribute', 'const a = <Notice title="Quý vị nói" />', 'x.tsx:1: “Quý vị”, say “Ông/Bà”'],
  ['an error', "const a = { message: 'Kết quả đã chốt.' }", 'x.tsx:1: “chốt”, say “khép”'],
])('%s is read, and the line named', (_, code, found) => {
  expect(readCode('x.tsx', code).flatMap(findMisused)).toContain(found)
})

test.each([
  ['a comment', '// cơ quan\nconst a = 1'],
  ['the title of an indicator', "const a = 'sự phục vụ của cơ quan HCNN'"],
  ['a score', `const a = \`Điểm \${score}, khoảng tin cậy \${interval}\``],
  ['a blank that does not break', `const a = \`giảm \${n} điểm\\u00a0%\``],
  ['an address', "import a from './điểm này'"],
])('%s is none of its business', (_, code) => {
  expect(readCode('x.tsx', code).flatMap(findMisused)).toEqual([])
})

/** Where a text has a word that stands for something else in the list. */
function findMisused({ file, line, raw: written }: Text): string[] {
  const raw = written.replace(/&nbsp;|\\u00a0/g, '      ')
  const text = oneLine(raw)
  return terms.flatMap(({ vi, not, except = [] }: Term) => {
    const rest = except.reduce((left, { phrase }) => left.replace(all(phrase), (said) => '·'.repeat(said.length)), text)
    return [...rest.matchAll(all(not))].map(
      ({ 0: word, index }) => `${file}:${line + linesBefore(raw, rest.slice(0, index))}: “${word}”, say “${vi}”`,
    )
  })
}

const all = ({ source, flags }: RegExp) => new RegExp(source, `g${flags}`)
const oneLine = (raw: string) => raw.replace(/\s+/g, ' ')

/** Lines of the source before the character that follows `before`, counted by what is no blank. */
function linesBefore(raw: string, before: string): number {
  let left = before.replace(/\s/g, '').length
  const at = [...raw.matchAll(/\S/g)].find(() => left-- === 0)?.index ?? 0
  return raw.slice(0, at).split('\n').length - 1
}

type SyntaxNode = { type: string; start: number; [key: string]: unknown }

/** String literals, templates and texts of elements, not comments nor names of files. */
function readCode(file: string, code: string): Text[] {
  const found: Text[] = []
  const add = (start: number, raw: string) => {
    found.push({ file, line: code.slice(0, start).split('\n').length, raw })
  }
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, start, value, source, quasis, children } = node as SyntaxNode
    if (/^(Import|Export)/.test(type ?? '') && source) return
    if (type === 'Literal' && typeof value === 'string') add(start, value)
    if (type === 'TemplateLiteral')
      add(start, (quasis as { value: { raw: string } }[]).map((part) => part.value.raw).join('{}'))
    if (Array.isArray(children)) readChildren(children as SyntaxNode[], add)
    Object.values(node).forEach(visit)
  }
  visit(parseAst(code, { lang: file.endsWith('tsx') ? 'tsx' : file.endsWith('.ts') ? 'ts' : 'js', astType: 'ts' }))
  return found
}

/** A text after a value begins with {}: "{count} điểm" is a number and a noun. */
function readChildren(children: SyntaxNode[], add: (start: number, raw: string) => void): void {
  children.forEach(({ type, start, value }, index) => {
    if (type !== 'JSXText' || typeof value !== 'string' || value.trim() === '') return
    add(start, children[index - 1]?.type === 'JSXExpressionContainer' ? `{}${value}` : value)
  })
}

/** Reference data and what is written for reading, a line at a time. */
const readLines = (file: string): Text[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .map((raw, index) => ({ file, line: index + 1, raw }))

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}

const files = ['web', 'server', 'db', 'scripts'].flatMap(listFiles).filter((file) => file !== 'web/messages/terms.ts')
const texts: Text[] = [
  ...files
    .filter((file) => /\.(tsx?|m?js)$/.test(file))
    .flatMap((file) => readCode(file, readFileSync(join(root, file), 'utf8'))),
  ...files.filter((file) => /^db\/reference\/.*\.json$/.test(file)).flatMap(readLines),
  ...['README.md', 'server/score/METHOD.md'].flatMap(readLines),
]
