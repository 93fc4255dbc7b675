import { soundOf, spokenKeys } from '../../server/recordings/contract.ts'
import { commentLimit, fieldNames, type SurveyForm } from '../../server/respond/contract.ts'
import { messagesIn } from '../messages/messages.ts'
import { Choices, Problem, Question, Sound } from './question.tsx'
import { ExtraQuestionCard, problemAt, spokenIf } from './survey-questions.tsx'

type FormProps = { form: SurveyForm }

/** Everything that is not rated with faces, one decision each: about the visit, other questions, a word of one's own. */
export function MoreSteps({ form }: FormProps) {
  const words = messagesIn(form.language).survey
  return (
    <>
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
          <ExtraQuestionCard key={question.code} form={form} question={question} note={words.optional} />
        ))}
      <ChoiceQuestion
        form={form}
        name={fieldNames.assisted}
        text={words.assisted}
        texts={{ no: words.self, yes: words.helped }}
      />
      <CommentQuestion form={form} />
    </>
  )
}

function ChoiceQuestion({
  form,
  name,
  text,
  texts,
}: FormProps & { name: string; text: string; texts: Record<string, string> }) {
  const { optional } = messagesIn(form.language).survey
  const choices = Object.entries(texts).map(([value, text]) => {
    return { value, text, spoken: spokenIf(form, spokenKeys.answer(name, value)) }
  })
  const problem = problemAt(form, name)
  return (
    <Question step name={name} note={optional} text={text} sound={soundOf(form.sounds, name)} problem={problem}>
      <Choices name={name} choices={choices} value={form.values[name]} anchor={Boolean(problem)} />
    </Question>
  )
}

/** More than this would not stand on one screen of 320 by 568. */
const mostChips = 8

function FieldQuestion({ form }: FormProps) {
  const words = messagesIn(form.language).survey
  const name = fieldNames.field
  if (form.fields.length > mostChips) return <FieldList form={form} />
  const texts = Object.fromEntries(form.fields.map((field) => [field.code, field.name[form.language]]))
  return <ChoiceQuestion form={form} name={name} text={words.field} texts={texts} />
}

/** A native list: fifteen fields as chips would be two screens on a phone. */
function FieldList({ form }: FormProps) {
  const words = messagesIn(form.language).survey
  const name = fieldNames.field
  const problem = problemAt(form, name)
  return (
    <div class="card step">
      <label for={name} tabindex={-1}>
        <small>{words.optional}</small> {words.field}
      </label>
      <Sound src={soundOf(form.sounds, name)} />
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
    <div class="card step last">
      <label for={name} tabindex={-1}>
        <small>{words.optional}</small>{' '}
        <span id="prompt" data-after-low={words.commentAfterLow}>
          {words.comment}
        </span>
      </label>
      <Sound src={soundOf(form.sounds, name)} />
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
