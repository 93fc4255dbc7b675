import { formatDay } from './format.ts'
import { Hints } from './problem-fields.tsx'

/** What was typed into days of an address, and what of it could not be read. */
export type TypedDays = { typed: Record<string, string | undefined>; problems: { path: string; message: string }[] }

type DayFieldProps = {
  name: string
  label: string
  /** YYYY-MM-DD or YYYY-MM; anything else is shown as it was typed. */
  value: string
  kind?: 'day' | 'month'
  /** Where `name` is taken on the page. */
  id?: string
  required?: boolean
  /** The last day or month that the calendar offers. */
  max?: string
  hint?: string
  problem?: string | undefined
}

/**
 * The one field for a day or a month: text, so that every browser shows dd/mm/yyyy whatever its language; the server
 * reads what is typed (server/typed/day.ts), day.island.tsx adds a calendar.
 */
export function DayField(props: DayFieldProps) {
  const { name, label, kind = 'day', id = name, problem, hint } = props
  const form = kind === 'day' ? 'ngày/tháng/năm, ví dụ 28/11/2026' : 'tháng/năm, ví dụ 11/2026'
  return (
    <div class={problem ? 'day-field has-problem' : 'day-field'}>
      <label for={id}>{label}</label>
      <Hints name={id} hint={hint} problem={problem} />
      <DayInput {...props} />
      <span class="unseen" id={`${id}-form`}>
        Ghi {form}
      </span>
    </div>
  )
}

const DayInput = ({ name, value, kind = 'day', id = name, required, max, problem, hint }: DayFieldProps) => (
  <span class="day-input" data-day-field={kind} data-max={max}>
    <input
      type="text"
      id={id}
      name={name}
      value={showTyped(value)}
      inputMode="numeric"
      autocomplete="off"
      maxLength={30}
      placeholder={kind === 'day' ? 'ngày/tháng/năm' : 'tháng/năm'}
      required={required}
      aria-describedby={[hint && `${id}-hint`, problem && `${id}-problem`, `${id}-form`].filter(Boolean).join(' ')}
      aria-invalid={problem ? 'true' : undefined}
    />
  </span>
)

type DayRangeProps = {
  names: [from: string, to: string]
  from: string
  to: string
  asked?: TypedDays | undefined
  max?: string
}

/** "Từ ngày", "Đến ngày", with what was typed where that could not be read. */
export function DayRangeFields({ names, from, to, asked, max }: DayRangeProps) {
  const fields = [
    { name: names[0], label: 'Từ ngày', value: from },
    { name: names[1], label: 'Đến ngày', value: to },
  ]
  return (
    <>
      {fields.map(({ name, label, value }) => (
        <DayField
          key={name}
          name={name}
          label={label}
          value={asked?.problems.length ? (asked.typed[name] ?? '') : value}
          problem={asked?.problems.find(({ path }) => path === name)?.message}
          {...(max !== undefined && { max })}
        />
      ))}
    </>
  )
}

function showTyped(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value)
  return /^\d{4}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : value
}
