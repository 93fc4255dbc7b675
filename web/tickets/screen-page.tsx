import type { Text } from '../../server/catalogue/contract.ts'
import { renderDocument } from '../document.tsx'
import { posterDetails, posterWords } from '../posters/messages.ts'
import type { Assets } from '../ui/citizen-frame.tsx'

export type ScreenProps = {
  place: { name: Text; agency: Text }
  /** The symbol of this half minute; null on a screen that nobody enrolled. */
  qr: string | null
  /** Until the next code. */
  seconds: number
  trial: boolean
  demo: boolean
}

/** A place's changing code, for an old tablet or television: a picture and words, asked for again in time. */
export function renderScreenPage(props: ScreenProps, assets: Assets): string {
  return renderDocument({
    title: props.place.name.vi,
    lang: 'vi',
    style: { inline: assets.style },
    scripts: props.qr ? [assets.script] : [],
    ...(props.qr && { refreshWithoutScript: props.seconds }),
    children: props.qr ? <Screen {...props} qr={props.qr} /> : <NotEnrolled {...props} />,
  })
}

function Screen({ place, qr, seconds, trial, demo }: ScreenProps & { qr: string }) {
  const marks = [...(trial ? [posterDetails.trial] : []), ...(demo ? [posterDetails.demo] : [])]
  return (
    <main id="screen" class="screen" data-seconds={seconds}>
      <h1>
        <small>{place.agency.vi}</small> {place.name.vi}
      </h1>
      <p class="screen-invitation">{posterWords.vi.invitation}</p>
      <div class="screen-code" dangerouslySetInnerHTML={{ __html: qr }} />
      <p id="screen-lost" class="screen-lost" hidden>
        Đang nối lại mạng, xin chờ một chút.
      </p>
      <p>Quét mã bằng Zalo hoặc camera, trả lời trong nửa phút, không hỏi tên.</p>
      <p class="screen-other" lang="km">
        {posterWords.km.invitation}
      </p>
      <p class="screen-other" lang="en">
        {posterWords.en.invitation}
      </p>
      {marks.map(({ tag, note }) => (
        <p class="screen-mark" key={tag}>{`${tag}: ${note}`}</p>
      ))}
    </main>
  )
}

const NotEnrolled = ({ place }: ScreenProps) => (
  <main class="screen">
    <h1>Màn hình này chưa được đăng ký</h1>
    <p>
      Xin nhờ người quản trị mở trang nơi phục vụ “{place.name.vi}”, mục Máy đặt tại chỗ, lập liên kết rồi mở liên kết
      ấy trên máy này.
    </p>
  </main>
)
