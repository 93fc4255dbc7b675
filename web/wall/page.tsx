import type { WallFrame, WallImprovement, WallInvitation, WallView } from '../../server/wall/contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { posterDetails, posterWords } from '../posters/messages.ts'
import { clockTime } from '../ui/vietnam.ts'
import { WallFigures } from './figures.tsx'
import { dateWords, heardTurn, shiftClass } from './time.ts'

export type WallAssets = { styleHref: string; scriptHref: string }
export type WallPageProps = { view: WallView; frame: WallFrame }

/** Without script the page asks again every minute and turns to the next place; with it, the island does. */
const reloadSeconds = 60

export function renderWallPage({ view, frame }: WallPageProps, { styleHref, scriptHref }: WallAssets): string {
  return renderDocument({
    title: view.name,
    lang: 'vi',
    style: { href: styleHref },
    scriptHrefs: [scriptHref],
    refreshWithoutScript: reloadSeconds,
    children: <Wall view={view} frame={frame} />,
  })
}

function Wall({ view, frame: { invitation, improvements, trial, demo, nowMs } }: WallPageProps) {
  const heard = heardTurn(nowMs, reloadSeconds, improvements.length)
  const { agency, day, edition, name } = view
  const keys = { 'data-agency': agency, 'data-day': day, 'data-edition': edition, 'data-now': nowMs }
  return (
    <main id="wall" class={`wall ${shiftClass(nowMs)}`} {...keys}>
      <header class="wall-head">
        <h1 class={name.length > 45 ? 'long' : undefined}>{name}</h1>
        <p class="wall-time">
          <b id="wall-clock">{clockTime(nowMs)}</b>
          <span>{dateWords(day)}</span>
        </p>
      </header>
      <div id="wall-figures" class="wall-figures" hidden={heard !== null}>
        <WallFigures view={view} />
      </div>
      <ul id="wall-heard" class="wall-heard" hidden={heard === null}>
        {improvements.map((one, index) => (
          <WallHeard key={one.said} improvement={one} hidden={index !== heard} />
        ))}
      </ul>
      <Invitation agency={agency} invitation={invitation} trial={trial} />
      <footer class="wall-foot">
        <p id="wall-status" class="wall-status" role="status">
          Cập nhật lúc {clockTime(nowMs)}
        </p>
        {demo && <p class="wall-mark">{`${posterDetails.demo.tag}: ${posterDetails.demo.note}`}</p>}
        <p>Điểm chỉ đổi theo nhóm nhiều phiếu, để không ai bị lộ.</p>
      </footer>
    </main>
  )
}

type HeardProps = { improvement: WallImprovement; hidden: boolean }

/** One thing that citizens said and the agency did; long ones in smaller type, still legible from six metres. */
const WallHeard = ({ improvement: { said, did }, hidden }: HeardProps) => (
  <li class={sizeOf(said.length + did.length)} hidden={hidden}>
    <h2>Ông/Bà nói</h2>
    <p class="wall-said">{said}</p>
    <h2>Chúng tôi làm</h2>
    <p class="wall-did">{did}</p>
  </li>
)

const sizeOf = (length: number) => (length > 440 ? 'longest' : length > 260 ? 'long' : undefined)

type InvitationProps = { agency: string; invitation: WallInvitation | null; trial: boolean }

function Invitation({ agency, invitation, trial }: InvitationProps) {
  if (!invitation) {
    return <aside class="wall-invitation wall-note">Hiện chưa có nơi nào nhận đánh giá. Mong Ông/Bà thông cảm.</aside>
  }
  const { address, place } = invitation
  return (
    <aside class={trial ? 'wall-invitation trial' : 'wall-invitation'}>
      <h2>{posterWords.vi.invitation}</h2>
      <p class="wall-scan">Quét mã bằng Zalo hoặc camera</p>
      <div class="wall-code">
        <img id="wall-code" class="qr" src={links.wallCode(agency)} alt={posterDetails.qrAlternative(address)} />
        {trial && <p class="wall-mark">{`${posterDetails.trial.tag}: ${posterDetails.trial.note}`}</p>}
        <p class={(place?.length ?? 0) > 50 ? 'wall-place long' : 'wall-place'}>
          {place ?? 'rồi chọn quầy vừa làm việc'}
        </p>
      </div>
      <p class="wall-other" lang="km">
        {posterWords.km.invitation}
      </p>
      <p class="wall-other" lang="en">
        {posterWords.en.invitation}
      </p>
    </aside>
  )
}
