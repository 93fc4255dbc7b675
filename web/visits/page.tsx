import type { VisitsView } from '../../server/visits/contract.ts'
import { links } from '../links.ts'
import { DayField } from '../ui/day-field.tsx'
import { formatDay, formatInteger, formatWeekday, shiftDay, startSentence } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ProblemList } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { VisitsTable } from './table.tsx'

export type VisitsPageProps = {
  view: VisitsView
  problems: { path: string; message: string }[]
  /** What was typed, after a refusal. */
  values?: Record<string, string> | undefined
  /** A day or month of the address that could not be read, as it was typed. */
  asked?: { text: string; problem: string } | undefined
  /** How many numbers were just stored; null when the page was simply opened. */
  saved: number | null
  mayChange: boolean
  shell: Shell
}

/** One month or one day: a number for each place and field, and what the answers amount to beside it. */
export function renderVisitsPage(props: VisitsPageProps, assets: StaffAssets) {
  const { view, problems, saved, mayChange, shell } = props
  const title = 'Lượt phục vụ'
  const children = (
    <>
      <PageHead
        title={title}
        lead="Có bao nhiêu người đến thì mới biết phiếu nhận được là nhiều hay ít. Để trống là chưa biết, 0 là không có ai."
      >
        {mayChange && (
          <a class="button quiet visits-import" href={links.importVisits}>
            Nhập từ tệp Excel, CSV
          </a>
        )}
      </PageHead>
      <TimeBar view={view} asked={props.asked} />
      {problems.length > 0 && <ProblemList title="Chưa ghi số nào; xin sửa rồi lưu lại:" problems={problems} />}
      {saved !== null && problems.length === 0 && <Saved saved={saved} />}
      {view.groups.length > 0 ? (
        <VisitsForm {...props} />
      ) : (
        <Notice kind="warning" title="Chưa có nơi phục vụ nào đang mở">
          <p>
            <a href={links.places}>Mở một nơi phục vụ</a> rồi ghi số lượt ở đây.
          </p>
        </Notice>
      )}
    </>
  )
  return renderStaffPage({ title, shell, islands: ['visits-grid', 'day'], children }, assets)
}

/** Those who may not change a number read the same grid with its inputs closed. */
const VisitsForm = ({ view, problems, values, mayChange }: VisitsPageProps) => (
  <form method="post" action={links.visits()} data-visits-grid="">
    <input type="hidden" name="period" value={view.period} />
    <input type="hidden" name="time" value={timeOf(view)} />
    <fieldset class="visits-groups" disabled={!mayChange}>
      {view.groups.map((group) => (
        <VisitsTable key={group.name} group={group} period={view.period} problems={problems} values={values} />
      ))}
    </fieldset>
    {mayChange && <SaveBar view={view} />}
  </form>
)

const timeOf = ({ period, day }: VisitsView): string => (period === 'day' ? day : day.slice(0, 7))

const describeTime = ({ period, day }: VisitsView): string =>
  period === 'day' ? `${formatWeekday(day)}, ngày ${formatDay(day)}` : `tháng ${formatDay(day).slice(3)}`

function TimeBar({ view, asked }: Pick<VisitsPageProps, 'view' | 'asked'>) {
  const { period, day, today } = view
  const [before, after] = [neighbour(view, -1), neighbour(view, 1)]
  const hrefOf = (start: string) => (period === 'day' ? links.visits(start, start) : linkToMonth(start))
  const word = period === 'day' ? 'ngày' : 'tháng'
  const dayInMonth = today.startsWith(day.slice(0, 7)) ? today : day
  return (
    <div class="visits-time">
      <h2>{startSentence(describeTime(view))}</h2>
      <nav class="segments" aria-label="Ghi theo">
        <a href={linkToMonth(day)} aria-current={period === 'month' ? 'page' : undefined}>
          Cả tháng
        </a>
        <a href={links.visits(dayInMonth, dayInMonth)} aria-current={period === 'day' ? 'page' : undefined}>
          Từng ngày
        </a>
      </nav>
      <nav class="visits-steps" aria-label="Thời gian">
        <a href={hrefOf(before)}>{`‹ ${startSentence(word)} trước`}</a>
        {after <= today && <a href={hrefOf(after)}>{`${startSentence(word)} sau ›`}</a>}
      </nav>
      <form class="visits-pick" method="get" action={links.visits()}>
        <DayField
          id="luc"
          kind={period}
          name={period === 'day' ? 'ngay' : 'thang'}
          label={`Chọn ${word}`}
          value={asked?.text ?? (period === 'day' ? day : day.slice(0, 7))}
          problem={asked?.problem}
          max={period === 'day' ? today : today.slice(0, 7)}
        />
        <button type="submit" class="button small">
          Xem
        </button>
      </form>
    </div>
  )
}

/** The day, or the first day of the month, before or after the one shown. */
function neighbour({ period, day }: VisitsView, by: -1 | 1): string {
  if (period === 'day') return shiftDay(day, by)
  return `${shiftDay(day, by < 0 ? -1 : 31).slice(0, 7)}-01`
}

/** Both ends of the month, in the form every page of the application understands. */
function linkToMonth(day: string): string {
  const first = `${day.slice(0, 7)}-01`
  return links.visits(first, shiftDay(`${shiftDay(first, 31).slice(0, 7)}-01`, -1))
}

const Saved = ({ saved }: { saved: number }) => (
  <Notice kind="done" title={saved > 0 ? `Đã ghi ${formatInteger(saved)} số` : 'Không có gì thay đổi'} />
)

const SaveBar = ({ view }: { view: VisitsView }) => (
  <div class="visits-save">
    <button type="submit" class="button">
      Lưu
    </button>
    <p>{`Số của ${describeTime(view)}`}</p>
  </div>
)
