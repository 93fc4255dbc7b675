/** Every address of the province's board, which is a server of its own; signing in, accounts and the log are in links.ts. */
export const boardLinks = {
  board: (period?: string, section?: string) => `/tinh${query({ ky: period, phan: section })}`,
  indicator: (code: string, period?: string, section?: string) =>
    `/tinh/chi-tieu/${code}${query({ ky: period, phan: section })}`,
  commune: (code: string) => `/tinh/xa/${code}`,
  method: '/tinh/cach-so-sanh',
  csv: (period?: string) => `/tinh/tai-ve.csv${query({ ky: period })}`,
  workbook: (period?: string) => `/tinh/tai-ve.xlsx${query({ ky: period })}`,
  synthesis: (year?: string) => `/tinh/tong-hop.docx${query({ nam: year })}`,
  communes: '/cac-xa',
  communesPart: (section?: string) => `/cac-xa${query({ phan: section })}`,
  addCommune: '/cac-xa/them',
  pasteCommunes: '/cac-xa/them-nhieu',
  issuer: '/cac-xa/co-quan-lap',
  changeCommune: (code: string) => `/cac-xa/${code}`,
  followCommune: (code: string) => `/cac-xa/${code}/theo-doi`,
  pullCommune: (code: string) => `/cac-xa/${code}/doc-ngay`,
} as const

export const boardPatterns = {
  indicator: '/tinh/chi-tieu/:code',
  commune: '/tinh/xa/:code',
  changeCommune: '/cac-xa/:code',
  followCommune: '/cac-xa/:code/theo-doi',
  pullCommune: '/cac-xa/:code/doc-ngay',
} as const

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length ? `?${new URLSearchParams(given)}` : ''
}
