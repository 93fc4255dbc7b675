import { ProblemList } from '../ui/problem-fields.tsx'

export type Problem = { path: string; message: string }
export type Values = Record<string, string | string[]>

/** A name without a translation is stored as none, never as a Vietnamese one in its place. */
export const untranslatedHint = 'Để trống thì ghi là chưa dịch, người đọc thấy tên tiếng Việt.'

export const textIn = (values: Values, name: string): string => {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}
export const listIn = (values: Values, name: string): string[] => [values[name] ?? []].flat()

export const ProblemSummary = ({ problems }: { problems: Problem[] }) =>
  problems.length > 0 ? <ProblemList title="Chưa lưu được, xin sửa:" problems={problems} /> : null

type ChoicesProps = {
  name: string
  legend: string
  hint?: string
  problem: string | undefined
  chosen: string
  choices: { value: string; label: string; hint?: string }[]
}

export const Choices = ({ name, legend, hint, problem, chosen, choices }: ChoicesProps) => (
  <fieldset class={problem ? 'field has-problem' : 'field'} id={name}>
    <legend>{legend}</legend>
    {hint && <p class="field-hint">{hint}</p>}
    {problem && <p class="field-problem">{problem}</p>}
    {choices.map((choice) => (
      <label key={choice.value} class="choice">
        <input type="radio" name={name} value={choice.value} checked={choice.value === chosen} required />
        <span>
          {choice.label}
          {choice.hint && <small>{choice.hint}</small>}
        </span>
      </label>
    ))}
  </fieldset>
)

type PickProps = {
  name: string
  label: string
  hint?: string | undefined
  problem: string | undefined
  chosen: string
  options: { value: string; label: string; group?: string }[]
}

/** One of many, from a list that may have groups. */
export function Pick({ name, label, hint, problem, chosen, options }: PickProps) {
  const groups = [...new Set(options.map(({ group }) => group))]
  const listed = (group: string | undefined) =>
    options
      .filter((option) => option.group === group)
      .map(({ value, label: words }) => (
        <option key={value} value={value} selected={value === chosen}>
          {words}
        </option>
      ))
  return (
    <div class={problem ? 'field has-problem' : 'field'}>
      <label for={name}>{label}</label>
      {hint && <p class="field-hint">{hint}</p>}
      {problem && <p class="field-problem">{problem}</p>}
      <select class="pick" id={name} name={name} required>
        {!chosen && <option value="">Xin chọn</option>}
        {groups.map((group) => (group ? <optgroup label={group}>{listed(group)}</optgroup> : listed(group)))}
      </select>
    </div>
  )
}

type MoveProps = { action: string; name: string; isFirst: boolean; isLast: boolean }

/** Up and down, without dragging: a keyboard and an old phone can do it. */
export const MoveButtons = ({ action, name, isFirst, isLast }: MoveProps) => (
  <form class="move" method="post" action={action}>
    <button type="submit" name="direction" value="up" disabled={isFirst} aria-label={`Đưa lên: ${name}`}>
      <span aria-hidden="true">↑</span>
    </button>
    <button type="submit" name="direction" value="down" disabled={isLast} aria-label={`Đưa xuống: ${name}`}>
      <span aria-hidden="true">↓</span>
    </button>
  </form>
)
