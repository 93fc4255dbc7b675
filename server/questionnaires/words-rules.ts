import type { Language } from '../catalogue/contract.ts'
import type { Piece } from './versions-contract.ts'

/**
 * Two texts as runs of words. Words are found by Unicode's rules with ICU's dictionary, because Khmer is written
 * without spaces between words.
 */
export function compareWords(before: string, after: string, language: Language): Piece[] {
  const a = splitWords(before, language)
  const b = splitWords(after, language)
  const common = longestCommon(a, b)
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  for (const [atA, atB] of [...common, [a.length, b.length] as const]) {
    addPiece(pieces, 'removed', a.slice(i, atA))
    addPiece(pieces, 'added', b.slice(j, atB))
    if (atA < a.length) addPiece(pieces, 'same', [a[atA] as string])
    i = atA + 1
    j = atB + 1
  }
  return joinRuns(pieces)
}

/** Pairs of positions of a longest common subsequence, ascending (dynamic programming; texts and lists here are short). */
export function longestCommon(a: string[], b: string[]): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] as number[]
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}

/** Words that changed side by side become one run: the space between them would only break it up. */
function joinRuns(pieces: Piece[]): Piece[] {
  const joined: Piece[] = []
  const run = { removed: '', added: '' }
  const endRun = () => {
    // A space that ends both sides is where the text goes on.
    const space = run.removed.endsWith(' ') && run.added.endsWith(' ') ? ' ' : ''
    for (const kind of ['removed', 'added'] as const) {
      const text = run[kind].slice(0, run[kind].length - space.length)
      if (text) addPiece(joined, kind, [text])
      run[kind] = ''
    }
    if (space) addPiece(joined, 'same', [space])
  }
  pieces.forEach(({ kind, text }, index) => {
    if (kind !== 'same') run[kind] += text
    else if (text.trim() === '' && index > 0 && index < pieces.length - 1) {
      run.removed += text
      run.added += text
    } else {
      endRun()
      addPiece(joined, 'same', [text])
    }
  })
  endRun()
  return joined
}

const splitWords = (text: string, language: string): string[] =>
  [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)

function addPiece(pieces: Piece[], kind: Piece['kind'], words: string[]): void {
  if (words.length === 0) return
  const last = pieces[pieces.length - 1]
  if (last?.kind === kind) last.text += words.join('')
  else pieces.push({ kind, text: words.join('') })
}
