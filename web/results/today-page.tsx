import type { TodayView } from '../../server/results/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatDayShort, formatWeekday, shiftDay, startSentence } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { TodayBoard } from './today-board.tsx'

export type TodayPageProps = { view: TodayView; shell: Shell }

/** Without script the page of the running day asks again every minute; with it, the island keeps it current. */
export function renderTodayPage({ view, shell }: TodayPageProps, assets: StaffAssets): string {
  const title = titleOf(view)
  const live = view.isToday ? { islands: ['today'], refreshWithoutScript: 60 } : {}
  return renderStaffPage(
    {
      ...live,
      title,
      shell,
      children: (
        <>
          <PageHead title={title} lead={view.isToday ? whyScoresWait : undefined}>
            <DayNavigation view={view} />
          </PageHead>
          {view.isToday && <div id="live-status" class="live-status" role="status" />}
          <div id="today-board" data-day={view.day}>
            <TodayBoard view={view} />
          </div>
        </>
      ),
    },
    assets,
  )
}

const whyScoresWait = 'Số phiếu chạy ngay; điểm chỉ đổi khi có thêm ít nhất 5 phiếu, để không ai bị lộ.'

function titleOf({ day, isToday }: TodayView): string {
  const date = `${formatWeekday(day)} ${formatDay(day)}`
  return isToday ? `Hôm nay, ${date}` : startSentence(date)
}

function DayNavigation({ view: { day, isToday } }: { view: TodayView }) {
  const [before, after] = [shiftDay(day, -1), shiftDay(day, 1)]
  return (
    <div class="day-navigation">
      <nav class="segments" aria-label="Ngày">
        <a href={links.today(before)} rel="prev">
          <span aria-hidden="true">‹ </span>
          {isToday ? 'Hôm qua' : shortDate(before)}
        </a>
        <a href={links.today()} aria-current={isToday ? 'date' : undefined}>
          Hôm nay
        </a>
        {!isToday && (
          <a href={links.today(after)} rel="next">
            {shortDate(after)}
            <span aria-hidden="true"> ›</span>
          </a>
        )}
      </nav>
      <form class="day-form" method="get" action={links.today()}>
        <input type="date" name="ngay" value={day} aria-label="Chọn ngày" required />
        <button type="submit" class="button small">
          Xem
        </button>
      </form>
    </div>
  )
}

const shortDate = (day: string) => `${startSentence(formatWeekday(day))} ${formatDayShort(day)}`
