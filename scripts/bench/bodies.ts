import { readReference } from '../../db/reference/reference.ts'
import { drawCriteria, type Plan, planVersion } from '../../server/catalogue/draw-rules.ts'
import { makeResponseId } from '../../server/response-id.ts'
import { links } from '../../web/links.ts'
import { type Chance, createChance } from '../demo/random.ts'

/** A place as the public interface describes it. */
export type AskedPlace = { code: string; questionnaire: string; fields: string[] }

const channels = ['qr', 'qr', 'qr', 'web', 'kiosk']
const comments = [
  'Cán bộ hướng dẫn rõ ràng, dễ hiểu. Tôi chỉ phải đi một lần.',
  'Chờ hơi lâu vì buổi sáng đông người.',
  'Nên có thêm ghế ngồi và nước uống ở khu vực chờ.',
  'Hồ sơ đất đai trả trễ hẹn ba ngày mà không ai báo trước, xin báo sớm để người dân đỡ phải đi lại.',
]

/** The open places of a server and what they offer, over its public interface. */
export async function readAskedPlaces(origin: string): Promise<AskedPlace[]> {
  const read = async (path: string) => (await fetch(origin + path)).json()
  const places = (await read(links.api.places)) as { code: string; questionnaire: { code: string } }[]
  return Promise.all(
    places.map(async ({ code, questionnaire }) => {
      const { fields } = (await read(links.api.questionnaire(code))) as { fields: { code: string }[] }
      return { code, questionnaire: questionnaire.code, fields: fields.map((field) => field.code).slice(0, 3) }
    }),
  )
}

/**
 * Endless believable answers, the same choices for the same seed: a tenth with a comment, every choice varied. Each
 * has a fresh id and answers the criteria drawn for it, which takes the server's rotation key.
 */
export function createBodies(
  places: AskedPlace[],
  rotationKey: string,
  seed: number,
  makeId: (code: string) => string = () => makeResponseId(Date.now()),
): () => { id: string; place: string } {
  const chance = createChance(seed)
  const plans = new Map(readReference().questionnaires.map((definition) => [definition.code, planVersion(definition)]))
  return () => {
    const place = chance.pick(places)
    const id = makeId(place.code)
    const mood = chance.normal()
    return {
      id,
      place: place.code,
      channel: chance.pick(channels),
      serviceMode: chance.isTrue(0.2) ? 'online' : 'direct',
      respondent: chance.isTrue(0.15) ? 'enterprise' : 'citizen',
      answers: answerAll(plans.get(place.questionnaire) as Plan, { id, rotationKey, chance, mood }),
      extras: { overall: levelFor(4.4 + 0.7 * mood) },
      ...(place.fields.length > 0 && { field: chance.pick(place.fields) }),
      ...(chance.isTrue(0.1) && { comment: chance.pick(comments) }),
    }
  }
}

function answerAll(
  plan: Plan,
  { id, rotationKey, chance, mood }: { id: string; rotationKey: string; chance: Chance; mood: number },
) {
  const criteria = drawCriteria(plan, id, rotationKey).map((position) => plan.criteria[position])
  const level = (noOpinion: boolean) =>
    noOpinion && chance.isTrue(0.04) ? 0 : levelFor(4.5 + 0.7 * mood + 0.5 * chance.normal())
  return Object.fromEntries(criteria.map((criterion) => [criterion?.code, level(criterion?.noOpinion ?? false)]))
}

const levelFor = (value: number): number => Math.min(5, Math.max(1, Math.round(value)))
