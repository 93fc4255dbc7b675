import type { FastifyReply } from 'fastify'
import { type CatalogueState, getPublished, type Place } from '../catalogue/catalogue.ts'
import type { Language, ResponseId } from '../catalogue/contract.ts'
import { largeText, sizeCookie, wantsLargeText } from '../http/language.ts'
import type { Problem } from '../problems.ts'
import { findVersion, mintPageId } from './arrive.ts'
import { fieldNames, formChannels } from './contract.ts'
import { findTurn, setCookie } from './device.ts'
import { problemsOnPage } from './problem-words.ts'
import { fillForm, type SurveyParts, sendSurvey } from './survey-pages.ts'

type Form = Record<string, unknown>
type Again = {
  state: CatalogueState
  place: Place
  form: Form
  /** The same as a body of answers. */
  raw: Record<string, unknown>
  language: Language
  problems: Problem[]
}

const isId = (given: unknown) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(given))

/** The same form with the same questions in another language, what was chosen included; nothing is stored. */
export function switchLanguage(parts: SurveyParts, reply: FastifyReply, again: Omit<Again, 'problems'>) {
  const problems = isId(again.form[fieldNames.id]) ? [] : [{ path: fieldNames.id, message: '' }]
  return showAgain(parts, reply, 200, { ...again, problems })
}

const aYearSeconds = 365 * 24 * 3600

/** The same form with large letters, or usual ones again, as every page from now on. */
export function changeTextSize(parts: SurveyParts, reply: FastifyReply, again: Omit<Again, 'problems'>) {
  const size = again.form[fieldNames.textSize] === largeText ? largeText : ''
  setCookie(parts, reply, { name: sizeCookie, value: size, maxAge: size ? aYearSeconds : 0 })
  // This page already looks as the next one will.
  reply.request.cookies[sizeCookie] = size
  return switchLanguage(parts, reply, again)
}

/** The same form with what was chosen and why it was refused; where even the id is unreadable, a fresh one. */
export async function showAgain(
  parts: SurveyParts,
  reply: FastifyReply,
  status: number,
  { state, place, form, raw, language, problems: found }: Again,
) {
  const { request } = reply
  const problems = problemsOnPage(found, language)
  const isKnown = !problems.some(({ path }) => path === fieldNames.id || path === fieldNames.version)
  const version = isKnown ? findVersion(state, place, raw, parts.now()) : getPublished(state, place)
  const id = isKnown
    ? (String(form[fieldNames.id]).toLowerCase() as ResponseId)
    : mintPageId(parts.secrets.page, place.id, parts.now())
  const channel = formChannels.find((one) => one === form[fieldNames.channel]) ?? 'qr'
  const enrolled = channel === 'kiosk' && (await parts.readSource(request, place.id, id)).isKiosk
  const turn = enrolled ? 'first' : await findTurn(parts, request, place)
  const carried = parts.carryAgain(place.id, id, form)
  // A ticket's own field goes on being carried instead of being asked.
  const field = carried?.name === 'ticket' && form[fieldNames.field]
  const given = {
    language,
    channel,
    enrolled,
    turn,
    carried,
    large: wantsLargeText(request),
    values: valuesIn(form),
    problems: problems.filter(({ message }) => message),
    field: typeof field === 'string' && field ? field : undefined,
  }
  return sendSurvey(parts, reply, status, fillForm(parts, state, { place, version, id }, given))
}

const valuesIn = (form: Form) =>
  Object.fromEntries(
    Object.entries(form).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1].length <= 5000,
    ),
  )
