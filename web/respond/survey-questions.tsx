import type { Criterion, ExtraQuestion } from '../../server/catalogue/contract.ts'
import { commentLimit, fieldNames, type SurveyForm } from '../../server/respond/contract.ts'
import { messagesIn } from '../messages/messages.ts'
import { Choices, Faces, Problem, Question } from './question.tsx'

type FormProps = { form: SurveyForm }

/** What is rated with faces: the criteria in order, then the extra questions of that kind, numbered through. */
export function Ratings({ form }: FormProps) {
  const words = messagesIn(form.language).survey
  const extra = form.extra.filter(({ kind }) => kind === 'scale')
  const total = form.criteria.length + extra.length
  return (
    <>
      {form.criteria.map((criterion, index) => (
        <CriterionQuestion
          key={criterion.code}
          form={form}
          criterion={criterion}
          note={words.question(index + 1, total)}
        />
      ))}
      {extra.map((question, index) => (
        <ExtraQuestionCard
          key={question.code}
          form={form}
          question={question}
          note={words.question(form.criteria.length + index + 1, total)}
        />
      ))}
    </>
  )
}

function CriterionQuestion({ form, criterion, note }: FormProps & { criterion: Criterion; note: string }) {
  const words = messagesIn(form.language).survey
  const name = fieldNames.answer(criterion.code)
  const value = form.values[name]
  return (
    <Question
      step
      name={name}
      note={note}
      stem={words.stem}
      text={criterion.text[form.language]}
      problem={problemAt(form, name)}
    >
      <Faces name={name} words={words.faces} value={value} />
      {criterion.noOpinion && (
        <Choices name={name} choices={[{ value: '0', text: words.noOpinion }]} value={value} first={false} />
      )}
    </Question>
  )
}

function ExtraQuestionCard({ form, question, note }: FormProps & { question: ExtraQuestion; note?: string }) {
  const name = fieldNames.extra(question.code)
  return (
    <Question
      step={Boolean(note)}
      name={name}
      note={note}
      text={question.text[form.language]}
      problem={problemAt(form, name)}
    >
      <ExtraAnswer form={form} question={question} name={name} />
    </Question>
  )
}

function ExtraAnswer({ form, question, name }: FormProps & { question: ExtraQuestion; name: string }) {
  const { language, values } = form
  const words = messagesIn(language).survey
  if (question.kind === 'scale') return <Faces name={name} words={words.faces} value={values[name]} />
  if (question.kind === 'choice') {
    const choices = (question.choices ?? []).map((choice) => ({ value: choice.code, text: choice.text[language] }))
    return <Choices name={name} choices={choices} value={values[name]} />
  }
  return (
    <p class="percent">
      <label for={name}>{words.percent}</label>
      <input type="number" inputmode="numeric" min="0" step="1" id={name} name={name} value={values[name]} /> %
    </p>
  )
}

/** Everything that is not rated with faces: about the visit, other extra questions, room for a word of one's own. */
export function LastStep({ form }: FormProps) {
  const words = messagesIn(form.language).survey
  return (
    <div class="step last">
      <h2 tabindex={-1}>{words.lastStep}</h2>
      {form.fields.length > 0 && <FieldQuestion form={form} />}
      {form.asksServiceMode && (
        <ChoiceQuestion
          form={form}
          name={fieldNames.serviceMode}
          text={words.serviceMode}
          texts={{ direct: words.direct, online: words.online }}
        />
      )}
      {form.asksRespondent && (
        <ChoiceQuestion
          form={form}
          name={fieldNames.respondent}
          text={words.respondent}
          texts={{ citizen: words.citizen, enterprise: words.enterprise }}
        />
      )}
      {form.extra
        .filter(({ kind }) => kind !== 'scale')
        .map((question) => (
          <ExtraQuestionCard key={question.code} form={form} question={question} />
        ))}
      <CommentQuestion form={form} />
    </div>
  )
}

function ChoiceQuestion({
  form,
  name,
  text,
  texts,
}: FormProps & { name: string; text: string; texts: Record<string, string> }) {
  const choices = Object.entries(texts).map(([value, text]) => ({ value, text }))
  return (
    <Question name={name} text={text} problem={problemAt(form, name)}>
      <Choices name={name} choices={choices} value={form.values[name]} />
    </Question>
  )
}

/** A native list: thirteen fields as radios would be three screens on a phone. */
function FieldQuestion({ form }: FormProps) {
  const words = messagesIn(form.language).survey
  const name = fieldNames.field
  const problem = problemAt(form, name)
  return (
    <div class="card">
      <label for={name}>{words.field}</label>
      <Problem name={name} message={problem} />
      <select id={name} name={name} aria-describedby={problem && `error-${name}`}>
        <option value="">{words.chooseField}</option>
        {form.fields.map((field) => (
          <option key={field.code} value={field.code} selected={form.values[name] === field.code}>
            {field.name[form.language]}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The warmer question is shown by the island once an answer is below 4. */
function CommentQuestion({ form }: FormProps) {
  const words = messagesIn(form.language).survey
  const name = fieldNames.comment
  const problem = problemAt(form, name)
  return (
    <div class="card">
      <label for={name} id="prompt" data-after-low={words.commentAfterLow}>
        {words.comment}
      </label>
      <Problem name={name} message={problem} />
      <textarea
        id={name}
        name={name}
        rows={3}
        maxlength={commentLimit}
        aria-describedby={problem ? `error-${name} comment-hint` : 'comment-hint'}
      >
        {form.values[name]}
      </textarea>
      <small id="comment-hint">{words.commentHint}</small>
      <label class="now">
        <input type="checkbox" name={fieldNames.urgent} value="1" checked={form.values[fieldNames.urgent] === '1'} />{' '}
        <span>
          <b>{words.urgent}</b> {words.urgentMeans}
        </span>
      </label>
    </div>
  )
}

function problemAt(form: SurveyForm, name: string): string | undefined {
  return form.problems.find((problem) => problem.path === name)?.message
}
