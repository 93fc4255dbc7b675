import { links } from '../../web/links.ts'
import type { Place } from '../catalogue/catalogue.ts'
import type { PosterPlace } from '../posters/poster.ts'
import type { PlaceParts } from './parts.ts'
import { addressOf } from './reading.ts'

/** A slip is handed out with a result: its answers are the channel "ticket". */
export function posterOf(parts: PlaceParts, place: Place, size: string, capitals: boolean): PosterPlace {
  const address =
    size === 'slip' ? parts.origin() + links.survey(place.code, 'ticket') : addressOf(parts, place, capitals)
  return { code: place.code, name: place.name, agency: place.agency.name, address }
}
