import type { TextInput } from '../../../server/questionnaires/draft/contract.ts'
import { startSentence } from '../../ui/format.ts'
import { languageName } from '../words.ts'

/** What every part of the editor needs to know: where its buttons send, and what is wrong at which path. */
export type Editor = { action: string; problems: Map<string, string>; allowsNoOpinion: boolean }

/** Something within this part is wrong: its fold stands open. */
export const hasProblem = ({ problems }: Editor, path: string): boolean =>
  [...problems.keys()].some((one) => one === path || one.startsWith(`${path}.`))

const languages = ['vi', 'en', 'km'] as const
/** Of a third of the page, and of its whole width. */
const lettersPerLine = { third: 19, whole: 55 }

type TextFieldsProps = { editor: Editor; path: string; legend: string; text: TextInput; most: number }

/** One text in three languages side by side, so that a translation is read against its original. */
export const TextFields = ({ editor, path, legend, text, most }: TextFieldsProps) => (
  <fieldset class="draft-texts">
    <legend class="unseen">{legend}</legend>
    {languages.map((language) => (
      <LongField
        key={language}
        editor={editor}
        path={`${path}.${language}`}
        label={startSentence(languageName(language))}
        value={text[language]}
        most={most}
        lang={language}
      />
    ))}
  </fieldset>
)

type LongFieldProps = { editor: Editor; path: string; label: string; value: string; most: number; lang?: string }

export function LongField({ editor, path, label, value, most, lang }: LongFieldProps) {
  const problem = editor.problems.get(path)
  return (
    <div class={problem ? 'draft-field has-problem' : 'draft-field'}>
      <label for={path}>{label}</label>
      <textarea
        {...describe(path, problem)}
        rows={Math.max(2, Math.ceil(value.length / lettersPerLine[lang ? 'third' : 'whole']))}
        data-most={most}
        autocomplete="off"
        {...(lang && { lang })}
      >
        {value}
      </textarea>
      <Problem path={path} problem={problem} />
    </div>
  )
}

type ShortFieldProps = { editor: Editor; path: string; label: string; value: string; kind: 'code' | 'count' }

export function ShortField({ editor, path, label, value, kind }: ShortFieldProps) {
  const problem = editor.problems.get(path)
  return (
    <div class={`draft-field is-${kind}${problem ? ' has-problem' : ''}`}>
      <label for={path}>{label}</label>
      <input
        {...describe(path, problem)}
        type="text"
        value={value}
        autocomplete="off"
        spellcheck={false}
        {...(kind === 'count' && { inputMode: 'numeric' as const })}
      />
      <Problem path={path} problem={problem} />
    </div>
  )
}

type SelectFieldProps = {
  editor: Editor
  path: string
  label: string
  value: string
  options: [value: string, label: string][]
}

export function SelectField({ editor, path, label, value, options }: SelectFieldProps) {
  const problem = editor.problems.get(path)
  return (
    <div class={problem ? 'draft-field is-choice has-problem' : 'draft-field is-choice'}>
      <label for={path}>{label}</label>
      <select {...describe(path, problem)}>
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
      <Problem path={path} problem={problem} />
    </div>
  )
}

const describe = (path: string, problem: string | undefined) => ({
  id: path,
  name: path,
  ...(problem && { 'aria-invalid': 'true' as const, 'aria-describedby': `${path}-problem` }),
})

const Problem = ({ path, problem }: { path: string; problem: string | undefined }) =>
  problem ? (
    <p class="field-problem" id={`${path}-problem`}>
      {startSentence(problem)}
    </p>
  ) : null

type ItemButtonsProps = {
  editor: Editor
  list: string
  index: number
  count: number
  /** What is moved or removed, as in "tiêu chí 16". */
  name: string
  /** Paths where the part will stand after going over the edge of its list. */
  above?: string | undefined
  below?: string | undefined
}

/** Submit buttons of the one form: each comes back to the part it moved. */
export function ItemButtons({ editor, list, index, count, name, above, below }: ItemButtonsProps) {
  const up = index > 0 ? `${list}.${index - 1}` : above
  const down = index < count - 1 ? `${list}.${index + 1}` : below
  const near = count > 1 ? `${list}.${Math.min(index, count - 2)}` : list
  const buttons = [
    { verb: 'up', target: up, sign: '↑', label: `Đưa lên: ${name}` },
    { verb: 'down', target: down, sign: '↓', label: `Đưa xuống: ${name}` },
    { verb: 'remove', target: near, sign: 'Bỏ', label: `Bỏ ${name}` },
  ]
  return (
    <p class="draft-buttons">
      {buttons
        .filter(({ target }) => target)
        .map(({ verb, target, sign, label }) => (
          <button
            key={verb}
            type="submit"
            class="button small"
            name="do"
            value={`${verb}:${list}.${index}`}
            formaction={`${editor.action}#${target}`}
            aria-label={label}
          >
            {sign}
          </button>
        ))}
    </p>
  )
}

type AddButtonProps = { editor: Editor; list: string; count: number; isSmall?: boolean; children: string }

/** Stands at the end of its list, where a list that came out too short is told so. */
export const AddButton = ({ editor, list, count, isSmall = false, children }: AddButtonProps) => (
  <div class="draft-add" id={list} tabIndex={-1}>
    <button
      type="submit"
      class={isSmall ? 'button small' : 'button quiet'}
      name="do"
      value={`add:${list}`}
      formaction={`${editor.action}#${list}.${count}`}
    >
      {children}
    </button>
    <Problem path={list} problem={editor.problems.get(list)} />
  </div>
)
