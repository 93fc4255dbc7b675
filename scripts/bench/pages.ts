import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Language, languages } from '../../server/catalogue/contract.ts'
import { links } from '../../web/links.ts'

export type PageBytes = {
  /** Head and body of the compressed page as they cross the wire. */
  pages: { questionnaire: string; bytes: Record<Language, number> }[]
  /** Each script of the citizen's page, compressed. */
  islands: { file: string; bytes: number }[]
}

/** The citizen's page of every questionnaire in every language, and its islands. */
export async function measurePages(origin: string): Promise<PageBytes> {
  const places = (await (await fetch(origin + links.api.places)).json()) as PublicPlace[]
  const byQuestionnaire = new Map<string, PublicPlace[]>()
  for (const place of places) {
    byQuestionnaire.set(place.questionnaire.code, [...(byQuestionnaire.get(place.questionnaire.code) ?? []), place])
  }
  const pages = []
  for (const [questionnaire, group] of byQuestionnaire) {
    const bytes = { vi: 0, en: 0, km: 0 }
    for (const language of languages) {
      const sizes = await Promise.all(
        group.map(({ code }) => countBytes(origin, links.survey(code, undefined, language))),
      )
      bytes[language] = Math.max(...sizes)
    }
    pages.push({ questionnaire, bytes })
  }
  return { pages, islands: ['survey.js', 'outbox.js'].map((file) => ({ file, bytes: sizeOf(file) })) }
}

type PublicPlace = { code: string; questionnaire: { code: string } }

/** What a phone receives for one request, counted on the socket. */
function countBytes(origin: string, path: string): Promise<number> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    let bytes = 0
    const socket = connect(Number(port), hostname)
    socket.on('data', (part) => {
      bytes += part.length
    })
    socket.on('end', () => resolve(bytes)).on('error', reject)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`)
  })
}

const built = join(import.meta.dirname, '../../dist/web')

const sizeOf = (file: string): number => gzipSync(readFileSync(join(built, file)), { level: 9 }).length
