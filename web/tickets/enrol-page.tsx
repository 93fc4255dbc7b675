import type { DeviceKind } from '../../server/tickets/contract.ts'
import { links } from '../links.ts'
import { renderBarePage, type StaffAssets } from '../ui/shell.tsx'
import { deviceNames } from './device-words.ts'

export type EnrolPageProps = { token: string; name: string; kind: DeviceKind; place: string; demo: boolean }

/** Opened on the tablet or screen itself: one press makes it the place's. */
export function renderEnrolPage({ token, name, kind, place, demo }: EnrolPageProps, assets: StaffAssets): string {
  const body = (
    <section class="card bare-card">
      <h1>Đăng ký máy này</h1>
      <p>
        <b>{name}</b>: {deviceNames[kind].toLowerCase()}, tại {place}.
      </p>
      <p>Chỉ bấm khi đang cầm đúng chiếc máy sẽ đặt ở đó.</p>
      <form method="post" action={links.enrolDevice(token)}>
        <button class="button" type="submit">
          Đăng ký máy này
        </button>
      </form>
    </section>
  )
  return renderBarePage('Đăng ký máy', demo, body, assets)
}
