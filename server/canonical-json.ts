/**
 * JSON with sorted member names and no spaces, as RFC 8785 writes it: for strings and numbers ECMAScript's own form,
 * names in order of UTF-16 code units. Members that are undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const names = Object.keys(value).sort()
  let text = ''
  for (const name of names) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined) text += `${text ? ',' : ''}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}
