import { links } from '../../web/links.ts'
import type { Place } from '../catalogue/catalogue.ts'
import { addressOf } from '../places/reading.ts'
import type { SurveyParts } from '../places/routes.ts'
import type { PosterPlace } from './poster.ts'

/** A slip is handed out with a result: its answers are the channel "ticket". */
export function posterOf(parts: SurveyParts, place: Place, size: string, capitals: boolean): PosterPlace {
  const address =
    size === 'slip' ? parts.origin() + links.survey(place.code, 'ticket') : addressOf(parts, place, capitals)
  return { code: place.code, name: place.name, agency: place.agency.name, address }
}
