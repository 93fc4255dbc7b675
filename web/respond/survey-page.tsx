import type { Language } from '../../server/catalogue/contract.ts'
import type { Problem } from '../../server/problems.ts'
import { type Sounds, soundOf, spokenKeys } from '../../server/recordings/contract.ts'
import { fieldNames, type SurveyForm } from '../../server/respond/contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { messagesIn } from '../messages/messages.ts'
import { vi } from '../messages/vi.ts'
import { type Assets, Frame, PlaceHeading, withVietnamese } from '../ui/citizen-frame.tsx'
import { KioskNotes, kioskAttributes } from './kiosk/parts.tsx'
import { LanguageButtons } from './language-buttons.tsx'
import { MoreSteps } from './more-steps.tsx'
import { FaceShapes, Sound } from './question.tsx'
import { scriptWords } from './script-words.ts'
import { Ratings } from './survey-questions.tsx'

/** The citizen's page: complete as it is; the island only makes it one question at a time and safe without a network. */
export function renderSurveyPage(form: SurveyForm, assets: Assets): string {
  const words = messagesIn(form.language).page
  const title = words.title(form.place.name[form.language])
  return renderDocument({
    title: form.problems.length ? words.titleWithProblems(title) : title,
    lang: form.language,
    style: { inline: assets.style },
    scripts: [assets.script],
    children: <SurveyPage form={form} />,
  })
}

function SurveyPage({ form }: { form: SurveyForm }) {
  const words = messagesIn(form.language).survey
  return (
    <Frame language={form.language} demo={form.demo} nav={<Header form={form} />}>
      <FaceShapes />
      <ProblemSummary form={form} />
      <form {...formAttributes(form)}>
        <HiddenFields form={form} />
        <Turn form={form} />
        <p class="intro">
          {words.intro} <span class="plain">{words.introAll}</span>
          <Sound src={soundOf(form.sounds, spokenKeys.intro)} />
        </p>
        <Ratings form={form} />
        <MoreSteps form={form} />
        <div class="go">
          <button type="submit">{words.send}</button>
        </div>
        <p class="soft">
          {words.privacy}
          <Sound src={soundOf(form.sounds, spokenKeys.privacy)} />
        </p>
        <p class="soft">{words.notForComplaints}</p>
        {form.channel === 'kiosk' && <KioskNotes form={form} />}
        <Unreviewed form={form} />
      </form>
      <State form={form} />
    </Frame>
  )
}

/** No browser keeps what was typed: the next person at a shared tablet must not find it. */
const formAttributes = (form: SurveyForm) => ({
  id: 'survey',
  method: 'post',
  action: links.survey(form.place.code),
  autocomplete: 'off',
  novalidate: true,
  'data-thanks': links.thanks(form.place.code, '{}', form.language),
  'data-words': scriptWords.map((name) => messagesIn(form.language).script[name]).join('\n'),
  ...(form.sounds && { 'data-say': sayFaces(form.sounds) }),
  ...(form.channel === 'kiosk' && kioskAttributes(form)),
})

/** Where recordings are, and which faces have one: they stand on every question. */
const sayFaces = ({ address, keys }: Sounds) => [address, ...keys.filter((key) => key.length === 2)].join(' ')

/** This page in a language, with what it proves. */
function pageAddress({ place, channel, carried }: SurveyForm, language: Language): string {
  if (carried?.name === 'ticket') return links.ticket(carried.link, language)
  if (carried) return links.presentSurvey(place.code, carried.link, language)
  return links.survey(place.code, channel, language)
}

function Header({ form }: { form: SurveyForm }) {
  const { place, language } = form
  return (
    <header>
      <LanguageButtons
        language={language}
        large={form.channel === 'kiosk' ? undefined : Boolean(form.large)}
        addressIn={(other) => pageAddress(form, other)}
      />
      <PlaceHeading place={place} language={language} />
    </header>
  )
}

/** At the foot: nobody answers by it, and above the first question it would push the faces off a small screen. */
function Unreviewed({ form: { unreviewed, language, channel } }: { form: SurveyForm }) {
  if (!unreviewed.includes(language)) return null
  const { page } = messagesIn(language)
  return (
    <p class={channel === 'kiosk' ? 'kiosk-private' : 'soft'}>
      {withVietnamese(language, page.unreviewed, vi.page.unreviewed)}
    </p>
  )
}

/** Always on the page, so that the island can fill it when an answer sent by script is refused. */
function ProblemSummary({ form }: { form: SurveyForm }) {
  const words = messagesIn(form.language).survey
  return (
    <div class="problems" id="problems" role="alert" tabindex={-1} hidden={!form.problems.length}>
      <h2>{words.problems}</h2>
      <ul>
        {form.problems.map((problem) => (
          <li key={problem.path}>
            <a href={addressOf(problem, form)}>{problem.message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Where the citizen can mend it: at the field, at the first question, or on a new form. */
function addressOf({ path }: Problem, form: SurveyForm): string {
  if (path === fieldNames.version) return pageAddress(form, form.language)
  const names = fieldsOf(form)
  return `#${names.includes(path) ? path : names[0]}`
}

function fieldsOf({ criteria, extra }: SurveyForm): string[] {
  const rated = criteria.map((criterion) => fieldNames.answer(criterion.code))
  const asked = extra.map((question) => fieldNames.extra(question.code))
  const about = [fieldNames.field, fieldNames.serviceMode, fieldNames.respondent, fieldNames.assisted]
  return [...rated, ...asked, ...about, fieldNames.comment]
}

function HiddenFields({ form }: { form: SurveyForm }) {
  const words = messagesIn(form.language).survey
  return (
    <>
      <input type="hidden" name={fieldNames.id} value={form.id} />
      <input type="hidden" name={fieldNames.version} value={form.version} />
      <input type="hidden" name={fieldNames.language} value={form.language} />
      <input type="hidden" name={fieldNames.channel} value={form.channel} />
      <input type="hidden" name={fieldNames.step} value={form.values[fieldNames.step]} />
      {form.carried && <input type="hidden" name={form.carried.name} value={form.carried.value} />}
      {form.field && <input type="hidden" name={fieldNames.field} value={form.field} />}
      <p class="trap" aria-hidden="true">
        <label>
          {words.leaveEmpty} <input type="text" name={fieldNames.honeypot} tabindex={-1} autocomplete="off" />
        </label>
      </p>
    </>
  )
}

/** Said before answering: what happens to a further form from this telephone. */
function Turn({ form: { turn, language, values } }: { form: SurveyForm }) {
  const words = messagesIn(language).survey
  if (turn === 'first') return null
  if (turn === 'further') return <p class="again">{words.turnFurther}</p>
  return (
    <div class="again">
      <p>{words.turnSecond}</p>
      <label>
        <input type="checkbox" name={fieldNames.household} value="1" checked={values[fieldNames.household] === '1'} />{' '}
        {words.household}
      </label>
    </div>
  )
}

/** Filled by the island when the form is kept on the device, or sent from there. */
function State({ form }: { form: SurveyForm }) {
  const words = messagesIn(form.language).script
  return (
    <section class="state" id="state" hidden>
      <svg class="sign" viewBox="0 0 64 64" aria-hidden="true">
        <circle cx="32" cy="32" r="28" />
        <path d="" />
      </svg>
      <h2 tabindex={-1}>{words.used}</h2>
      <p />
      <p class="receipt">
        <b />
      </p>
      <button type="button">{words.retry}</button>
      <a class="button quiet" href={links.survey(form.place.code, form.channel, form.language)}>
        {words.fresh}
      </a>
    </section>
  )
}
