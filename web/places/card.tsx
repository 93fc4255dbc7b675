import type { Funnel } from '../../server/places/contract.ts'
import { links } from '../links.ts'
import { Tag } from '../ui/tag.tsx'
import { MoveButtons } from './form-parts.tsx'
import { FunnelSentence } from './funnel.tsx'

export type PlaceWithQr = {
  code: string
  name: string
  open: boolean
  address: string
  /** The code drawn by our own server, as an SVG element. */
  qrSvg: string
  /** Addresses of the same survey for other ways of asking, such as a message. */
  channelLinks: { label: string; address: string }[]
  funnel?: Funnel
}

export const posterSizes = [
  { size: 'a4', label: 'Khổ A4' },
  { size: 'a5', label: 'Khổ A5' },
  { size: 'slip', label: 'Phiếu nhỏ' },
]

type PlaceCardProps = {
  place: PlaceWithQr
  printForm: string
  mayChange: boolean
  isFirst: boolean
  isLast: boolean
}

export function PlaceCard({ place, printForm, mayChange, isFirst, isLast }: PlaceCardProps) {
  const word = mayChange ? 'Sửa' : 'Xem'
  return (
    <li id={place.code} class={place.open ? 'place-card' : 'place-card is-closed'}>
      <div class="place-side">
        <div class="place-qr" dangerouslySetInnerHTML={{ __html: place.qrSvg }} />
        {mayChange && (
          <MoveButtons action={links.placeOrder(place.code)} name={place.name} isFirst={isFirst} isLast={isLast} />
        )}
      </div>
      <div class="place-what">
        <h3>{place.open ? <PickForPrint place={place} printForm={printForm} /> : place.name}</h3>
        <p class="place-line">
          <span class="place-code">{place.code}</span> {!place.open && <Tag>Đã đóng</Tag>}
        </p>
        <p class="place-line place-address">
          {place.open ? <a href={place.address}>{place.address}</a> : place.address}
        </p>
        <p class="place-line">
          {place.open && <PosterLinks place={place} />}
          <a class="size-link" href={links.place(place.code)} aria-label={`${word}: ${place.name}`}>
            {word}
          </a>
        </p>
        {place.funnel && <FunnelSentence funnel={place.funnel} />}
      </div>
      {place.open &&
        place.channelLinks.map(({ label, address }) => (
          <CopyableLink key={label} label={label} address={address} place={place.name} />
        ))}
    </li>
  )
}

const PickForPrint = ({ place, printForm }: { place: PlaceWithQr; printForm: string }) => (
  <label class="choice">
    <input type="checkbox" name="ma" value={place.code} form={printForm} />
    <span>{place.name}</span>
  </label>
)

/** Only an open place has posters and links to send: what leads to a closed one must not be handed out again. */
const PosterLinks = ({ place }: { place: PlaceWithQr }) => (
  <>
    {posterSizes.map(({ size, label }) => (
      <a key={size} class="size-link" href={links.posters([place.code], size)} aria-label={`${label}: ${place.name}`}>
        {label}
      </a>
    ))}
  </>
)

/** Without script the address can be selected by hand; the island adds the button. */
const CopyableLink = ({ label, address, place }: { label: string; address: string; place: string }) => (
  <div class="copyable" data-copyable="">
    <span class="copyable-label">{label}</span>
    <input type="text" readOnly value={address} aria-label={`${label}: ${place}`} />
  </div>
)
