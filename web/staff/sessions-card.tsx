import type { SessionView } from '../../server/staff/account-contract.ts'
import { links } from '../links.ts'
import { formatMoment } from '../ui/moment.ts'
import { Tag } from '../ui/tag.tsx'

/** Where the member is signed in. */
export const SessionsCard = ({ sessions }: { sessions: SessionView[] }) => (
  <section class="card" id="phien">
    <div class="sessions-head">
      <h2>Phiên đăng nhập</h2>
      {sessions.length > 1 && <EndForm id="khac" label="Kết thúc mọi phiên khác" described="Kết thúc mọi phiên khác" />}
    </div>
    <ul class="sessions">
      {sessions.map((session) => (
        <SessionItem key={session.id} session={session} />
      ))}
    </ul>
  </section>
)

const SessionItem = ({ session: { id, browser, createdAt, lastSeenAt, isCurrent } }: { session: SessionView }) => (
  <li class="session">
    <div>
      <p class="session-browser">
        {browser || 'Trình duyệt khác'} {isCurrent && <Tag kind="ok">Phiên này</Tag>}
      </p>
      <p class="session-times">
        Bắt đầu {formatMoment(createdAt)} · hoạt động gần nhất {formatMoment(lastSeenAt)}
      </p>
    </div>
    {!isCurrent && <EndForm id={id} label="Kết thúc" described={`Kết thúc phiên ${browser}`} />}
  </li>
)

const EndForm = ({ id, label, described }: { id: string; label: string; described: string }) => (
  <form method="post" action={links.endSession}>
    <input type="hidden" name="session" value={id} />
    <button type="submit" class="button small" aria-label={described}>
      {label}
    </button>
  </form>
)
