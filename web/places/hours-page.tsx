import type { OwnDay } from '../../server/catalogue/contract.ts'
import { links } from '../links.ts'
import { DayField } from '../ui/day-field.tsx'
import { Field } from '../ui/field.tsx'
import { formatDay, formatInteger, formatWeekday, startSentence } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { problemAt } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { Choices, type Problem, ProblemSummary, textIn, type Values } from './form-parts.tsx'

export type PlaceHoursPageProps = {
  place: {
    code: string
    name: string
    agency: string
    /** Monday to Sunday, as they are typed; empty where none are declared. */
    hours: string[]
    serviceMode: string
  }
  ownDays: OwnDay[]
  /** How many places the agency has. */
  ofAgency: number
  /** The next days of the commune's calendar. */
  holidays: { day: string; name: string; works: boolean }[]
  problems: Problem[]
  /** What was typed, after a refusal; null for what is stored. */
  values: Values | null
  saved: boolean
  shell: Shell
}

/** When a place is open, and what that is used for. */
export function renderPlaceHoursPage(props: PlaceHoursPageProps, assets: StaffAssets): string {
  const { place, problems, saved, shell } = props
  const title = 'Giờ làm việc, ngày nghỉ'
  const children = (
    <>
      <p class="back">
        <a href={links.place(place.code)}>‹ {place.name}</a>
      </p>
      <PageHead title={title} lead={`${place.name} · ${place.agency}`} />
      <div class="column">
        {saved && <Notice kind="done" title="Đã lưu" />}
        <ProblemSummary problems={problems} />
        <HoursForm {...props} />
        <OwnDays {...props} />
      </div>
    </>
  )
  return renderStaffPage({ title: `${title} · ${place.name}`, shell, islands: ['day'], children }, assets)
}

const weekdays = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật']

function HoursForm({ place, ofAgency, problems, values: typed }: PlaceHoursPageProps) {
  // What was typed into the other form is not about the week.
  const values = typed && !('action' in typed) ? typed : null
  return (
    <form class="card padded" method="post" action={links.placeHours(place.code)}>
      <h2>Giờ làm việc trong tuần</h2>
      <p class="field-hint">
        Phiếu có trang mở và gửi ngoài giờ quá một tiếng được nhận nhưng để riêng. Không áp dụng cho dịch vụ trực tuyến,
        phiếu một lần, phiếu giấy và phỏng vấn. Để trống cả tuần thì nơi này không xét giờ.
      </p>
      {place.serviceMode === 'online' && (
        <Notice kind="warning" title="Nơi này luôn nhận qua mạng: giờ làm việc không được dùng để xét phiếu" />
      )}
      <p class="field-hint" id="gio-mau">
        Mỗi ngày ghi như 7:00-11:30, 13:00-17:00; ngày nghỉ để trống.
      </p>
      <div class="week">
        {weekdays.map((label, at) => (
          <WeekdayField
            key={label}
            name={`day${at + 1}`}
            label={label}
            value={values ? textIn(values, `day${at + 1}`) : (place.hours[at] ?? '')}
            problem={problemAt(problems, `day${at + 1}`)}
          />
        ))}
      </div>
      <Choices
        name="scope"
        legend="Áp dụng cho"
        problem={problemAt(problems, 'scope')}
        chosen={(values && textIn(values, 'scope')) || 'place'}
        choices={[
          { value: 'place', label: 'Chỉ nơi này' },
          { value: 'agency', label: `Mọi nơi của ${place.agency} (${formatInteger(ofAgency)} nơi)` },
        ]}
      />
      <button type="submit" class="button">
        Lưu
      </button>
    </form>
  )
}

type WeekdayFieldProps = { name: string; label: string; value: string; problem: string | undefined }

/** A row of the week: the day's name beside its hours. */
const WeekdayField = ({ name, label, value, problem }: WeekdayFieldProps) => (
  <div class={problem ? 'field has-problem' : 'field'}>
    <label for={name}>{label}</label>
    {problem && (
      <p class="field-problem" id={`${name}-problem`}>
        {problem}
      </p>
    )}
    <input
      type="text"
      id={name}
      name={name}
      value={value}
      maxLength={200}
      placeholder="Nghỉ"
      aria-describedby={problem ? `${name}-problem gio-mau` : 'gio-mau'}
      aria-invalid={problem ? 'true' : undefined}
    />
  </div>
)

function OwnDays({ place, ownDays, holidays, problems, values }: PlaceHoursPageProps) {
  const typed = (name: string) => (values && 'action' in values ? textIn(values, name) : '')
  return (
    <section class="card padded" id="ngay-rieng" aria-labelledby="ngay-rieng-ten">
      <h2 id="ngay-rieng-ten">Ngày nghỉ, ngày làm thêm</h2>
      <p class="field-hint">
        Ngày lễ và ngày làm bù chung của xã ghi ở <a href={links.caseSettings()}>cài đặt ý kiến</a>
        {holidays.length > 0 && `: sắp tới ${holidays.map(holidayInWords).join(', ')}`}. Dưới đây là những ngày riêng
        của nơi này; ngày riêng thay cho lịch chung.
      </p>
      <ul class="own-days">
        {ownDays.map((own) => (
          <OwnDayItem key={own.day} code={place.code} own={own} />
        ))}
      </ul>
      <form method="post" action={links.placeOwnDays(place.code)}>
        <input type="hidden" name="action" value="add" />
        <div class="field">
          <DayField name="day" label="Ngày" value={typed('day')} problem={problemAt(problems, 'day')} required />
        </div>
        <Choices
          name="works"
          legend="Ngày ấy"
          problem={problemAt(problems, 'works')}
          chosen={typed('works')}
          choices={[
            { value: 'no', label: 'Nghỉ' },
            { value: 'yes', label: 'Làm việc, theo giờ ở trên' },
          ]}
        />
        <Field
          name="note"
          label="Lý do"
          hint="Ví dụ: sửa trụ sở, trực tiêm chủng ngày lễ"
          value={typed('note')}
          problem={problemAt(problems, 'note')}
          input={{ required: true, maxLength: 100 }}
        />
        <button type="submit" class="button quiet">
          Thêm ngày
        </button>
      </form>
    </section>
  )
}

const OwnDayItem = ({ code, own: { day, works, note } }: { code: string; own: OwnDay }) => (
  <li>
    <p>
      <b>{formatDay(day)}</b> <small>{startSentence(formatWeekday(day))}</small> · {note}{' '}
      <Tag>{works ? 'Làm việc' : 'Nghỉ'}</Tag>
    </p>
    <form method="post" action={links.placeOwnDays(code)}>
      <input type="hidden" name="action" value="remove" />
      <input type="hidden" name="day" value={day} />
      <button class="button small" type="submit">
        Bỏ<span class="unseen"> ngày {formatDay(day)}</span>
      </button>
    </form>
  </li>
)

const holidayInWords = ({ day, name, works }: PlaceHoursPageProps['holidays'][number]): string =>
  `${formatDay(day)} (${name}${works ? ', làm bù' : ''})`
