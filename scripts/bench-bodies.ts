import { randomUUID } from 'node:crypto'
import { links } from '../web/links.ts'
import { createChance } from './demo-random.ts'

/** A place as the public interface describes it: what can be answered there. */
export type AskedPlace = { code: string; fields: string[]; criteria: { code: string; noOpinion: boolean }[] }

/** What a body is built from; only its id is new in each request. */
export type AnswerBody = Record<string, unknown> & { id: string; place: string }

const oftenSpecific = ['qr', 'qr', 'qr', 'web', 'kiosk']
const comments = [
  'Cán bộ hướng dẫn rõ ràng, dễ hiểu. Tôi chỉ phải đi một lần.',
  'Chờ hơi lâu vì buổi sáng đông người.',
  'Nên có thêm ghế ngồi và nước uống ở khu vực chờ.',
  'Hồ sơ đất đai trả trễ hẹn ba ngày mà không ai báo trước, xin báo sớm để người dân đỡ phải đi lại.',
]

/** The open places of a server and what each asks, over its public interface. */
export async function readAskedPlaces(origin: string): Promise<AskedPlace[]> {
  const read = async (path: string) => (await fetch(origin + path)).json()
  const places = (await read(links.api.places)) as { code: string }[]
  return Promise.all(
    places.map(async ({ code }) => {
      const { ask, fields } = (await read(links.api.questionnaire(code))) as {
        ask: { criterion: string; noOpinion: boolean }[]
        fields: { code: string }[]
      }
      return {
        code,
        fields: fields.map((field) => field.code).slice(0, 3),
        criteria: ask.map(({ criterion, noOpinion }) => ({ code: criterion, noOpinion })),
      }
    }),
  )
}

/** Endless believable answers, the same sequence for the same seed: a tenth with a comment, every choice varied. */
export function createBodies(places: AskedPlace[], seed: number): () => AnswerBody {
  const chance = createChance(seed)
  return () => {
    const place = chance.pick(places)
    const mood = chance.normal()
    const level = (noOpinion: boolean) =>
      noOpinion && chance.isTrue(0.04)
        ? 0
        : Math.min(5, Math.max(1, Math.round(4.5 + 0.7 * mood + 0.5 * chance.normal())))
    return {
      id: randomUUID(),
      place: place.code,
      channel: chance.pick(oftenSpecific),
      serviceMode: chance.isTrue(0.2) ? 'online' : 'direct',
      respondent: chance.isTrue(0.15) ? 'enterprise' : 'citizen',
      answers: Object.fromEntries(place.criteria.map(({ code, noOpinion }) => [code, level(noOpinion)])),
      extras: { overall: Math.min(5, Math.max(1, Math.round(4.4 + 0.7 * mood))) },
      ...(place.fields.length > 0 && { field: chance.pick(place.fields) }),
      ...(chance.isTrue(0.1) && { comment: chance.pick(comments) }),
    }
  }
}
