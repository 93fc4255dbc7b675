import type { FastifyReply, FastifyRequest } from 'fastify'
import { wordPressure } from '../../web/messages/pressure.ts'
import { renderSurveyPage } from '../../web/respond/survey-page.tsx'
import { type CatalogueState, getPublished, type Place, type Version } from '../catalogue/catalogue.ts'
import type { PlaceId, ResponseId } from '../catalogue/contract.ts'
import { drawCriteria } from '../catalogue/draw-rules.ts'
import { isAskedPressure } from '../catalogue/pressure-rules.ts'
import type { House } from '../house.ts'
import { inlinePolicy, type PageAssets, sendHtml } from '../http/html.ts'
import { languageOf, wantsLargeText } from '../http/language.ts'
import type { RecordingBook } from '../recordings/book.ts'
import { mintPageId } from './arrive.ts'
import type { SurveyForm } from './contract.ts'
import { findTurn } from './device.ts'
import { isOpenedByPerson, type Openings } from './openings.ts'
import type { CarriedProof } from './proof-contract.ts'
import { placeNames } from './thanks-routes.ts'

/** What a page just opened can prove: where it was opened, and whether it stands on an enrolled tablet. */
export type PageSource = { carried: CarriedProof | null; isKiosk: boolean }

export type SurveyParts = Pick<House, 'database' | 'catalogue' | 'secrets' | 'demo' | 'publicUrl' | 'now'> &
  PageProofs & {
    openings: Openings
    recordings: Pick<RecordingBook, 'soundsOf'>
    /** The survey page's style and island; those of a shared tablet's, and the worker that keeps its pages. */
    survey: PageAssets
    kiosk: PageAssets & { worker: string }
  }

export type PageProofs = {
  /** Where a page with this id is opened from, as the address and the browser's cookies prove it. */
  readSource(request: FastifyRequest, placeId: PlaceId, id: ResponseId): Promise<PageSource>
  /** What a refused form goes on carrying. */
  carryAgain(placeId: PlaceId, id: ResponseId, form: Record<string, unknown>): CarriedProof | null
}

export type Opened = {
  place: Place
  asked?: SurveyForm['channel'] | undefined
  /** The ticket it was opened with, and the field that the ticket is for. */
  ticket?: string
  field?: string | undefined
}

/** A fresh page of a place, ready to be answered. */
export async function openSurvey(
  parts: SurveyParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { place, asked, ticket, field }: Opened,
) {
  const state = await parts.catalogue.read()
  const version = getPublished(state, place)
  const id = mintPageId(parts.secrets.page, place.id, parts.now())
  const { carried, isKiosk } = ticket
    ? { carried: { name: 'ticket' as const, value: ticket, link: ticket }, isKiosk: false }
    : await parts.readSource(request, place.id, id)
  const channel = isKiosk ? 'kiosk' : (asked ?? (ticket ? 'ticket' : 'qr'))
  const base = { language: languageOf(request), channel, enrolled: isKiosk, carried, large: wantsLargeText(request) }
  const given = { ...base, turn: await turnHere(), ...(field && { field }) }
  if (isOpenedByPerson(request)) parts.openings.note(place.id, channelOpened())
  return sendSurvey(parts, reply, 200, fillForm(parts, state, { place, version, id }, given))

  // Each ticket, and each person at a tablet, is the first one.
  async function turnHere() {
    return ticket || isKiosk ? 'first' : findTurn(parts, request, place)
  }
  function channelOpened() {
    if (isKiosk) return 'kiosk'
    return ticket ? 'ticket' : asked === 'web' ? 'web' : 'qr'
  }
}

type Page = { place: Place; version: Version; id: ResponseId }
type Given = Pick<SurveyForm, 'language' | 'channel' | 'turn' | 'carried'> &
  Partial<Pick<SurveyForm, 'values' | 'problems' | 'field' | 'enrolled' | 'large'>>

export function fillForm(
  { demo, secrets, recordings }: Pick<SurveyParts, 'demo' | 'secrets' | 'recordings'>,
  state: CatalogueState,
  { place, version, id }: Page,
  given: Given,
): SurveyForm {
  const asked = drawCriteria(version.plan, id, secrets.rotation)
  const asksField = place.fieldCodes.length > 1 && !given.field
  return {
    place: placeNames(place),
    demo,
    id,
    version: version.version,
    unreviewed: (['en', 'km'] as const).filter((language) => !version.reviewed[language]),
    criteria: asked.map((position) => version.plan.criteria[position] as SurveyForm['criteria'][number]),
    extra: isAskedPressure(id, secrets.rotation)
      ? [...version.definition.extra, wordPressure()]
      : version.definition.extra,
    fields: asksField ? state.fields.filter((field) => place.fieldCodes.includes(field.code)) : [],
    asksServiceMode: place.serviceMode === 'ask',
    asksRespondent: place.asksRespondent,
    values: {},
    problems: [],
    sounds: recordings.soundsOf(version.definition, given.language),
    ...given,
  }
}

export function sendSurvey(
  parts: Pick<SurveyParts, 'survey' | 'kiosk'>,
  reply: FastifyReply,
  status: number,
  form: SurveyForm,
) {
  if (form.channel === 'kiosk') return sendHtml(reply, status, renderSurveyPage(form, parts.kiosk), kioskPolicy(parts))
  const { survey } = parts
  return sendHtml(reply, status, renderSurveyPage(form, survey), withSound(inlinePolicy(survey.style, survey.script)))
}

/** Of every page of a shared tablet: its worker comes from this server. */
export const kioskPolicy = ({ kiosk }: Pick<SurveyParts, 'kiosk'>): string =>
  withSound(`${inlinePolicy(kiosk.style, kiosk.script)}; worker-src 'self'`)

/** Recordings come from this server, when somebody wants to hear them. */
const withSound = (policy: string): string => `${policy}; media-src 'self'`
