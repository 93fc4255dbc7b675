import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { keepSecondTyping, readEntries } from '../../db/waves/entries.ts'
import { links, patterns } from '../../web/links.ts'
import { type CheckedForm, renderCheckPage } from '../../web/waves/entry/check-page.tsx'
import type { Plan } from '../catalogue/draw-rules.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { problemsOf } from '../problems.ts'
import { answersSchema, bodyFromForm } from '../respond/answers-schema.ts'
import { shellOf } from '../staff/permission-rules.ts'
import type { Entry, Wave } from './contract.ts'
import { answersIn, type EntryParts, type Form, getRunning, nameCriterion, textsIn } from './entry-reading.ts'
import { compareTypings, isInCheckSample, type Problem, sumChecks } from './rules.ts'

type ById = { Params: { id: string } }

/** The second typing of a sample of forms: what differs is counted, the first typing stands. */
export function serveEntryChecks(app: FastifyInstance, parts: EntryParts): void {
  app.get<ById>(patterns.checkForms, (request, reply) =>
    showCheck(parts, request, reply, { status: 200, values: {}, problems: [] }),
  )
  app.post<ById>(patterns.checkForms, (request, reply) => receiveCheck(parts, request, reply))
}

async function showCheck(
  parts: EntryParts,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  { status, values, problems }: { status: number; values: Form; problems: Problem[] },
) {
  const member = await parts.guard.getStaff(request)
  const { wave, version } = await getRunning(parts, member, request.params.id)
  const typed = await readEntries(parts.database, wave.id)
  const waiting = typed.filter((one) => isWaiting(parts, wave, one))
  // Somebody else's form first: who typed it reads the same figure the same way again.
  const next =
    waiting.find(({ formNumber }) => formNumber === values.formNumber) ??
    waiting.find(({ enteredBy }) => enteredBy !== member.username) ??
    waiting[0]
  const compared = typed.flatMap((one) => describeCheck(one, version.plan) ?? [])
  const { da } = request.query as { da?: string }
  const page = {
    values,
    problems,
    wave: { id: wave.id, name: wave.name },
    factors: version.definition.factors,
    form: next
      ? { formNumber: next.formNumber, firstBy: next.enteredBy, bySelf: next.enteredBy === member.username }
      : null,
    waiting: waiting.length,
    checked: compared.find(({ formNumber }) => formNumber === da) ?? null,
    differing: compared.filter(({ differences }) => differences.length > 0),
    check: sumChecks(typed),
    shell: shellOf(member, 'entries', parts.demo),
  }
  return sendHtml(reply, status, renderCheckPage(page, parts.assets), staffPolicy)
}

const isWaiting = ({ sampleKey }: EntryParts, wave: Wave, { formNumber, secondAnswers }: Entry) =>
  !secondAnswers && isInCheckSample(sampleKey, wave.id, formNumber)

function describeCheck(entry: Entry, plan: Plan): CheckedForm | null {
  const { formNumber, answers, secondAnswers, enteredBy, secondBy } = entry
  if (!secondAnswers) return null
  const differences = compareTypings(answers, secondAnswers).map((position) => ({
    official: plan.criteria[position]?.official ?? '',
    text: plan.criteria[position]?.text.vi ?? '',
    first: answers[position] as string,
    second: secondAnswers[position] as string,
  }))
  return { formNumber, firstBy: enteredBy, secondBy: secondBy ?? '', differences }
}

async function receiveCheck(parts: EntryParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const { wave, version } = await getRunning(parts, member, request.params.id)
  const form = textsIn(request.body)
  const refuse = (problems: Problem[]) => showCheck(parts, request, reply, { status: 422, values: form, problems })
  const parsed = answersSchema(version.definition).shape.answers.safeParse(bodyFromForm(answersIn(form), '').answers)
  if (!parsed.success) {
    const problems = problemsOf(parsed.error).map(({ path, message }) => ({
      path: path ? `answers.${path}` : 'answers',
      message,
    }))
    return refuse(problems.map((problem) => nameCriterion(problem, version.plan)))
  }
  const formNumber = form.formNumber ?? ''
  const given = parsed.data as Record<string, number | undefined>
  const second = {
    secondAnswers: version.plan.criteria.map(({ code }) => given[code] ?? '-').join(''),
    secondBy: member.username,
    secondAt: new Date(parts.now()).toISOString(),
  }
  const isDue = isInCheckSample(parts.sampleKey, wave.id, formNumber)
  if (!isDue || !(await keepSecondTyping(parts.database, wave.id, formNumber, second)))
    return refuse([{ path: '', message: `Phiếu ${formNumber} không chờ nhập lần hai; xin gõ phiếu đang hiện.` }])
  return reply.redirect(`${links.checkForms(wave.id)}?${new URLSearchParams({ da: formNumber })}`, 303)
}
