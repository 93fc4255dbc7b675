import type { ComponentChildren } from 'preact'
import type { Problem } from '../../server/problems.ts'
import { Notice } from './notice.tsx'

type Labelled = { name: string; label: string; hint?: ComponentChildren; problem?: string | undefined }

export type Option = { value: string; label: string; note?: string }

/** A labelled list to choose one from; `empty` names the choice of nothing. */
export function SelectField({
  name,
  label,
  hint,
  problem,
  value,
  options,
  empty,
}: Labelled & { value: string; options: Option[]; empty?: string }) {
  return (
    <div class={problem ? 'field has-problem' : 'field'}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} problem={problem} />
      <select id={name} name={name} aria-describedby={describedBy(name, hint, problem)}>
        {empty !== undefined && (
          <option value="" selected={value === ''}>
            {empty}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Several boxes or one of several, with the same name. */
export function ChoiceField({
  name,
  label,
  hint,
  problem,
  type,
  values,
  options,
}: Labelled & { type: 'radio' | 'checkbox'; values: string[]; options: Option[] }) {
  return (
    <fieldset class="field" id={name}>
      <legend>{label}</legend>
      <Hints name={name} hint={hint} problem={problem} />
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input type={type} name={name} value={option.value} checked={values.includes(option.value)} />
          <span>
            {option.label}
            {option.note && <small>{option.note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

type LinesFieldProps = Labelled & {
  /** Where two boxes of one page share a name. */
  id?: string
  value: string
  rows: number
}

/** Several lines of text. */
export function LinesField({ name, id = name, label, hint, problem, value, rows }: LinesFieldProps) {
  return (
    <div class={problem ? 'field has-problem' : 'field'}>
      <label for={id}>{label}</label>
      <Hints name={id} hint={hint} problem={problem} />
      <textarea id={id} name={name} rows={rows} aria-describedby={describedBy(id, hint, problem)}>
        {value}
      </textarea>
    </div>
  )
}

/** What to correct, each leading to its box. */
export const ProblemList = ({ title, problems }: { title: string; problems: Problem[] }) => (
  <Notice kind="problem" title={title}>
    <ul>
      {problems.map(({ path, message }) => (
        <li key={path + message}>
          <a href={`#${path}`}>{message}</a>
        </li>
      ))}
    </ul>
  </Notice>
)

export const problemAt = (problems: Problem[], path: string): string | undefined =>
  problems.find((problem) => problem.path === path)?.message

/** What to know before filling a box, and after a refusal what to correct. */
export function Hints({ name, hint, problem }: Pick<Labelled, 'name' | 'hint' | 'problem'>) {
  return (
    <>
      {hint && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="field-problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
    </>
  )
}

/** The ids of both, for the box. */
export const describedBy = (name: string, hint: unknown, problem: unknown) =>
  [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ') || undefined
