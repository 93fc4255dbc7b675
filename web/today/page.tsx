import type { FirstRunView } from '../../server/first-run/contract.ts'
import type { MorningAlert } from '../../server/morning/contract.ts'
import type { TodayView } from '../../server/today/contract.ts'
import { FirstRunCard } from '../first-run/card.tsx'
import { links } from '../links.ts'
import { MorningLine } from '../morning/line.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { PrintBar, wholePage } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { TodayBoard } from './board.tsx'
import { type Asked, boardHref, orderSlug } from './order.ts'
import { PeriodNavigation, titleOfPeriod } from './period.tsx'

/** `today` is the running day; `problem` says why what was asked for is not shown. */
export type TodayPageProps = {
  view: TodayView
  today: string
  problem?: string | null
  /** What was typed, where it cannot be shown. */
  typed?: { ngay?: string | undefined; tu?: string | undefined; den?: string | undefined } | undefined
  firstRun?: FirstRunView | null
  alert?: MorningAlert | null
  /** The order of places and the section, as the address has them. */
  asked?: Asked
  shell: Shell
}

/** Without script the page of the running day asks again every minute; with it, the island keeps it current. */
export function renderTodayPage(
  { view, today, problem, typed, firstRun, alert, asked = { order: 'arranged' }, shell }: TodayPageProps,
  assets: StaffAssets,
): string {
  const title = titleOfPeriod(view, today)
  const whole = asked.section === wholePage
  const islands = [...(view.isToday ? ['today'] : []), 'day', ...(whole ? ['print'] : [])]
  const live = view.isToday ? { islands, refreshWithoutScript: 60 } : { islands }
  return renderStaffPage(
    {
      ...live,
      title,
      shell,
      children: (
        <>
          <div class="today-head">
            <PageHead title={title} lead={view.isToday ? whyScoresWait : undefined}>
              <PeriodNavigation
                period={{ from: view.from, to: view.day }}
                today={today}
                typed={typed}
                hrefOf={(period) => boardHref(period, today, asked)}
                action={links.today()}
                kept={{ xep: orderSlug(asked.order), phan: asked.section }}
              />
            </PageHead>
          </div>
          {problem && <Notice kind="problem" title={problem} />}
          {alert && <MorningLine alert={alert} />}
          {firstRun && <FirstRunCard view={firstRun} />}
          {view.isToday && <div id="live-status" class="live-status" role="status" />}
          {whole && <PrintBar />}
          <div id="today-board" data-day={view.day} data-order={asked.order} data-section={asked.section}>
            <TodayBoard view={view} asked={asked} />
          </div>
          {shell.sections.includes('review') && view.agencies.some(({ setAside }) => setAside > 0) && (
            <p class="board-note">
              <a href={links.review({ tu: view.from, den: view.day })}>Xem phiếu để riêng</a> của những ngày đã khép.
            </p>
          )}
        </>
      ),
    },
    assets,
  )
}

const whyScoresWait = 'Số phiếu chạy ngay; điểm trong ngày chỉ hiện theo nhóm nhiều phiếu, để không ai bị lộ.'
