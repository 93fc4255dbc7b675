import type { ExtraQuestion, Factor } from '../../../server/catalogue/contract.ts'

type EntryLinesProps = { factors: Factor[]; values: Record<string, string>; wrong: Set<string> }

/** One line per criterion with the number printed on the paper form; the box takes one digit. */
export const EntryLines = ({ factors, values, wrong }: EntryLinesProps) => (
  <div class="entry-factors">
    {factors.map((factor) => (
      <fieldset key={factor.code} class="entry-factor">
        <legend>{factor.title.vi}</legend>
        {factor.criteria.map(({ code, official, text, noOpinion }) => (
          <label key={code} for={`a-${code}`} class={wrong.has(`a-${code}`) ? 'entry-line is-wrong' : 'entry-line'}>
            <b>{official}</b>
            <span>{text.vi}</span>
            <MarkBox name={`a-${code}`} value={values[`a-${code}`] ?? ''} lowest={noOpinion ? 0 : 1} />
          </label>
        ))}
      </fieldset>
    ))}
  </div>
)

/** Questions outside the index, with the numbers they have on paper. */
export const ExtraLines = ({ extra, values }: { extra: ExtraQuestion[]; values: Record<string, string> }) => (
  <fieldset class="entry-factor entry-extras">
    <legend>Câu hỏi thêm</legend>
    {extra.map((question, index) => (
      <label key={question.code} class="entry-line" for={`x-${question.code}`}>
        <b>T{index + 1}</b>
        <span>{question.text.vi}</span>
        <ExtraBox question={question} value={values[`x-${question.code}`] ?? ''} />
      </label>
    ))}
  </fieldset>
)

function ExtraBox({ question: { code, kind, choices }, value }: { question: ExtraQuestion; value: string }) {
  const name = `x-${code}`
  if (kind === 'scale') return <MarkBox name={name} value={value} lowest={1} />
  if (kind === 'percent')
    return <input type="number" id={name} name={name} value={value} min="0" max="1000" data-next="" />
  return (
    <select id={name} name={name} data-next="">
      <option value="">–</option>
      {(choices ?? []).map((choice, index) => (
        <option key={choice.code} value={choice.code} selected={choice.code === value}>
          {index + 1} · {choice.text.vi}
        </option>
      ))}
    </select>
  )
}

const MarkBox = ({ name, value, lowest }: { name: string; value: string; lowest: 0 | 1 }) => (
  <input
    type="text"
    inputMode="numeric"
    id={name}
    name={name}
    value={value}
    maxLength={1}
    pattern={`[${lowest}-5\\-]`}
    title={`Một số từ ${lowest} đến 5; bỏ trống nếu không trả lời`}
    autocomplete="off"
    data-mark={String(lowest)}
  />
)
