import type { Channel, PlaceId } from '../catalogue/contract.ts'
import type { Funnel, FunnelCount, FunnelPeriod, Problem, SetupForm } from './contract.ts'

/** Channels whose page is opened by the citizen; paper and interviews have no page. */
const openedChannels: readonly Channel[] = ['qr', 'ticket', 'web', 'kiosk']

/** From the opened page to the form that came, of one place, by channel. */
export function funnelOf(counts: FunnelCount[], placeId: PlaceId): Funnel {
  const sum = (kind: FunnelCount['kind'], channel: Channel) =>
    counts
      .filter((one) => one.placeId === placeId && one.kind === kind && one.channel === channel)
      .reduce((total, { count }) => total + count, 0)
  const lines = openedChannels.map((channel) => {
    const [opened, sent] = [sum('opened', channel), sum('sent', channel)]
    return { channel, opened, sent, share: shareOf(sent, opened) }
  })
  const opened = lines.reduce((total, line) => total + line.opened, 0)
  const sent = lines.reduce((total, line) => total + line.sent, 0)
  return { lines: lines.filter((line) => line.opened + line.sent > 0), opened, sent, share: shareOf(sent, opened) }
}

const shareOf = (sent: number, opened: number): number | null => (opened > 0 ? sent / opened : null)

/** The first day of a period that ends today. */
export function firstDayOf(period: FunnelPeriod, today: string): string {
  const days = Number(period) - 1
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}

/** Letters and digits that are not taken for each other, and no vowels: a made code never spells a word. */
export const codeAlphabet = 'CDFGHJKLMNPQRTVWXY34679'
export const madeCodeLength = 6

/** "Trạm Y tế" → "tram-y-te", what addresses of an agency use. */
export function slugOf(name: string, taken: ReadonlySet<string>): string {
  const words = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
  const slug =
    words
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
      .replace(/-$/, '') || 'co-quan'
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? slug : `${slug}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}

type Known = {
  agencies: { code: string; open: boolean }[]
  questionnaires: { code: string; sector: string }[]
  fields: { code: string }[]
}

/** What a setup says that the surveys do not have; `kept` is the agency the place already belongs to. */
export function problemsOfSetup(form: SetupForm, known: Known, kept?: string): Problem[] {
  const problems: Problem[] = []
  const agency = known.agencies.find(({ code }) => code === form.agency)
  if (!agency || (!agency.open && agency.code !== kept))
    problems.push({ path: 'agency', message: 'Xin chọn một đơn vị đang hoạt động.' })
  const questionnaire = known.questionnaires.find(({ code }) => code === form.questionnaire)
  if (!questionnaire) problems.push({ path: 'questionnaire', message: 'Xin chọn một bộ câu hỏi đang dùng.' })
  else if (questionnaire.sector !== form.sector)
    problems.push({ path: 'questionnaire', message: 'Bộ câu hỏi này dành cho loại dịch vụ khác; xin chọn bộ khác.' })
  if (form.fields.some((one) => !known.fields.some(({ code }) => code === one)))
    problems.push({ path: 'fields', message: 'Có lĩnh vực không còn trong danh mục; xin chọn lại.' })
  if (form.sector !== 'administrative' && form.fields.length > 0)
    problems.push({ path: 'fields', message: 'Chỉ nơi làm thủ tục hành chính mới có lĩnh vực; xin bỏ các dấu chọn.' })
  return problems
}
