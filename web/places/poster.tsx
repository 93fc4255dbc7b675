import { links } from '../links.ts'
import { formatDayOf } from '../ui/moment.ts'
import { posterSizes } from './card.tsx'

export type OldCode = { code: string; revoked: boolean; reason: string; retiredAt: string }

type PlacePosterProps = {
  place: { code: string; nameVi: string }
  address: string
  poster: string | null
  oldCodes: OldCode[]
  mayChange: boolean
}

/** What hangs at the counter: the sheet in small, its sizes to print, its code and the codes before it. */
export const PlacePoster = ({ place, address, poster, oldCodes, mayChange }: PlacePosterProps) => (
  <section class="card padded place-poster">
    <div class="place-poster-words">
      <h2>Tờ dán, mã QR</h2>
      <p>
        Mã <b class="place-code">{place.code}</b> dẫn tới <a href={address}>{address}</a>
      </p>
      {poster ? <Print code={place.code} /> : <p>Nơi này đã đóng nên không in tờ dán.</p>}
      {oldCodes.length > 0 && <OldCodes oldCodes={oldCodes} />}
      {mayChange && (
        <p>
          <a class="button quiet" href={links.placeCode(place.code)}>
            Đổi mã
          </a>
        </p>
      )}
    </div>
    {poster && <div class="place-poster-sheet" dangerouslySetInnerHTML={{ __html: poster }} />}
  </section>
)

const Print = ({ code }: { code: string }) => (
  <p class="button-row">
    {posterSizes.map(({ size, label }) => (
      <a key={size} class="button small" href={links.posters([code], size)}>
        In {label.toLowerCase().replace('khổ a', 'khổ A')}
      </a>
    ))}
  </p>
)

const OldCodes = ({ oldCodes }: { oldCodes: OldCode[] }) => (
  <>
    <h3>Mã đã đổi</h3>
    <ul class="old-codes">
      {oldCodes.map(({ code, revoked, reason, retiredAt }) => (
        <li key={code}>
          <b class="place-code">{code}</b>
          {revoked ? 'đã thu hồi' : 'vẫn dẫn tới nơi này'}, từ ngày {formatDayOf(retiredAt)}
          <small>{reason}</small>
        </li>
      ))}
    </ul>
  </>
)
