import type { Criterion, ExtraQuestion } from '../../server/catalogue/contract.ts'
import { soundOf, spokenKeys } from '../../server/recordings/contract.ts'
import { fieldNames, type SurveyForm } from '../../server/respond/contract.ts'
import { messagesIn } from '../messages/messages.ts'
import { drawingFor } from './pictograms/of-criteria.ts'
import { Choices, Faces, Question } from './question.tsx'

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
          first={index === 0}
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

/** A whole list of thirty with its pictures would not come in the first round trip of a slow line. */
const mostDrawn = 20

type CriterionProps = FormProps & { criterion: Criterion; note: string; first: boolean }

function CriterionQuestion({ form, criterion, note, first }: CriterionProps) {
  const words = messagesIn(form.language).survey
  const name = fieldNames.answer(criterion.code)
  const value = form.values[name]
  const problem = problemAt(form, name)
  const none = { value: '0', text: words.noOpinion, spoken: spokenIf(form, spokenKeys.noOpinion) }
  return (
    <Question
      step
      name={name}
      note={note}
      stem={words.stem}
      text={criterion.text[form.language]}
      drawing={form.criteria.length <= mostDrawn ? drawingFor(criterion.code) : undefined}
      sound={soundOf(form.sounds, name)}
      problem={problem}
    >
      <Faces name={name} words={words.faces} value={value} anchor={first || Boolean(problem)} />
      {criterion.noOpinion && <Choices name={name} choices={[none]} value={value} anchor={false} />}
    </Question>
  )
}

export function ExtraQuestionCard({ form, question, note }: FormProps & { question: ExtraQuestion; note: string }) {
  const name = fieldNames.extra(question.code)
  return (
    <Question
      step
      name={name}
      note={note}
      text={question.text[form.language]}
      sound={soundOf(form.sounds, name)}
      problem={problemAt(form, name)}
    >
      <ExtraAnswer form={form} question={question} name={name} />
    </Question>
  )
}

function ExtraAnswer({ form, question, name }: FormProps & { question: ExtraQuestion; name: string }) {
  const { language, values } = form
  const words = messagesIn(language).survey
  const anchor = Boolean(problemAt(form, name))
  if (question.kind === 'scale') return <Faces name={name} words={words.faces} value={values[name]} anchor={anchor} />
  if (question.kind === 'choice') {
    const choices = (question.choices ?? []).map(({ code, text }) => {
      return { value: code, text: text[language], spoken: spokenIf(form, spokenKeys.answer(name, code)) }
    })
    return <Choices name={name} choices={choices} value={values[name]} anchor={anchor} />
  }
  const steps = percentSteps.map((percent, index) => {
    const spoken = spokenIf(form, spokenKeys.percent(percent))
    return { value: `${percent}`, text: words.percents[index] as string, spoken }
  })
  return <Choices name={name} choices={steps} value={values[name]} anchor={anchor} />
}

/** What is stored of each step: the ministry's mean of percents goes on being made, also beyond a hundred. */
export const percentSteps = [20, 40, 60, 80, 100, 120] as const

/** The key of an answer, where it is recorded. */
export const spokenIf = ({ sounds }: SurveyForm, key: string) => (sounds?.keys.includes(key) ? key : undefined)

export function problemAt(form: SurveyForm, name: string): string | undefined {
  return form.problems.find((problem) => problem.path === name)?.message
}
