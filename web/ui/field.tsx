import type { InputHTMLAttributes } from 'preact'
import { describedBy, Hints } from './problem-fields.tsx'

type InputRules = {
  type?: 'text' | 'password' | 'number'
  required?: boolean
  min?: number
  max?: number
  maxLength?: number
  lang?: string
  autocomplete?: string
  spellcheck?: boolean
}

type FieldProps = {
  name: string
  label: string
  value: string
  hint?: string
  problem?: string | undefined
  input?: InputRules
}

/** A labelled text input with its hint and, after a refusal, what to correct. */
export function Field({ name, label, value, hint, problem, input }: FieldProps) {
  const described = describedBy(name, hint, problem)
  const attributes = {
    ...input,
    type: input?.type ?? 'text',
    id: name,
    name,
    value,
    ...(described && { 'aria-describedby': described }),
    ...(problem && { 'aria-invalid': 'true' }),
  } as InputHTMLAttributes
  return (
    <div class={problem ? 'field has-problem' : 'field'}>
      <label for={name}>{label}</label>
      <Hints name={name} hint={hint} problem={problem} />
      <input {...attributes} />
    </div>
  )
}
