import type { Holiday } from '../../../server/cases/contract.ts'
import type { Problem } from '../../../server/problems.ts'
import { links } from '../../links.ts'
import { DayField } from '../../ui/day-field.tsx'
import { formatDay, formatWeekday, startSentence } from '../../ui/format.ts'
import { Tag } from '../../ui/tag.tsx'

type HolidayListProps = {
  holidays: Holiday[]
  year: number
  thisYear: number
  /** What was typed before a refusal. */
  typed: Record<string, string>
  problems: Problem[]
}

/** Days off and worked weekends of one year, as announced. */
export const HolidayList = ({ holidays, year, thisYear, typed, problems }: HolidayListProps) => (
  <section class="card" id="ngay-nghi">
    <h2 class="case-part-title">Ngày nghỉ năm {year}</h2>
    <p class="case-part-note">
      Thứ Bảy, Chủ Nhật là ngày nghỉ. Ngày lễ và ngày làm bù theo thông báo của Chính phủ từng năm.
    </p>
    <nav class="segments case-years" aria-label="Năm">
      {[thisYear - 1, thisYear, thisYear + 1].map((one) => (
        <a
          key={one}
          href={`${links.caseSettings(String(one))}#ngay-nghi`}
          aria-current={one === year ? 'page' : undefined}
        >
          {one}
        </a>
      ))}
    </nav>
    {holidays.length === 0 && <p class="case-part-note">Chưa ghi ngày nghỉ nào của năm {year}.</p>}
    <ul class="case-settings-list">
      {holidays.map((holiday) => (
        <HolidayItem key={holiday.day} holiday={holiday} />
      ))}
    </ul>
    <form class="case-add" method="post" action={links.caseHolidays}>
      <input type="hidden" name="action" value="add" />
      <DayField
        name="day"
        label="Ngày"
        value={typed.day ?? ''}
        required
        problem={problems.find(({ path }) => path === 'day')?.message}
      />
      <label>
        <span>Tên</span>
        <input type="text" name="name" maxLength={100} required value={typed.name ?? ''} />
      </label>
      <label class="choice">
        <input type="checkbox" name="works" value="on" checked={typed.works === 'on'} />
        <span>Ngày làm bù</span>
      </label>
      <button class="button small" type="submit">
        Thêm
      </button>
    </form>
  </section>
)

const HolidayItem = ({ holiday: { day, name, works } }: { holiday: Holiday }) => (
  <li class="case-holiday">
    <p>
      <b>{formatDay(day)}</b> <small>{startSentence(formatWeekday(day))}</small>
    </p>
    <p>
      {name} {works && <Tag>Làm bù</Tag>}
    </p>
    <form method="post" action={links.caseHolidays}>
      <input type="hidden" name="action" value="remove" />
      <input type="hidden" name="day" value={day} />
      <button class="button small" type="submit">
        Bỏ<span class="unseen"> ngày {formatDay(day)}</span>
      </button>
    </form>
  </li>
)
