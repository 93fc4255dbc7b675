/** JSON as a person typed it → its value, or one sentence with the line and the letter where it stops being JSON. */
export function parseJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) }
  } catch {
    const before = text.slice(0, findJsonError(text)).split('\n')
    const near = text.slice(findJsonError(text)).split('\n')[0]?.trim().slice(0, 30)
    const place = `Dòng ${before.length}, ký tự ${(before[before.length - 1]?.length ?? 0) + 1}`
    return {
      problem: near
        ? `${place}: sai dấu ngay trước “${near}” (thường là thừa hoặc thiếu dấu phẩy, ngoặc hay dấu nháy kép).`
        : `${place}: thiếu dấu đóng ở cuối (ngoặc hoặc dấu nháy kép).`,
    }
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside strings
const token = /\s*("(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:])/y

/**
 * Where a text stops being JSON: Node 20 does not always say. Walks the tokens with a stack of open brackets and
 * what may come next.
 */
function findJsonError(text: string): number {
  const open: string[] = []
  let expects: 'value' | 'key' | 'colon' | 'next' = 'value'
  let mayClose = false
  token.lastIndex = 0
  for (;;) {
    const from = token.lastIndex
    const start = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0)
    const word = token.exec(text)?.[1]
    if (word === undefined || (expects === 'next' && open.length === 0)) return start
    const top = open[open.length - 1]
    const closes = (word === '}' && top === '{') || (word === ']' && top === '[')
    if (closes && (expects === 'next' || mayClose)) {
      open.pop()
      expects = 'next'
    } else if (expects === 'next' && word === ',') expects = top === '{' ? 'key' : 'value'
    else if (expects === 'key' && word.startsWith('"')) expects = 'colon'
    else if (expects === 'colon' && word === ':') expects = 'value'
    else if (expects === 'value' && (word === '{' || word === '[')) {
      open.push(word)
      expects = word === '{' ? 'key' : 'value'
      mayClose = true
      continue
    } else if (expects === 'value' && !/^[}\],:]$/.test(word)) expects = 'next'
    else return start
    mayClose = false
  }
}
