import type { ExtraQuestion, Factor, Language, Questionnaire } from '../../server/catalogue/contract.ts'
import { renderDocument } from '../document.tsx'
import { messagesIn } from '../messages/messages.ts'
import type { StaffAssets } from '../ui/shell.tsx'
import { interviewerWords, paperWords } from './paper-form-words.ts'

export type PaperFormProps = {
  questionnaire: Questionnaire
  wave: string
  agency: string
  language: Language
  /** Whether a native speaker has still to review the wording. */
  unreviewed: boolean
  demo: boolean
}

/** The form as it is printed on A4: the numbers are those of the entry screen. */
export function renderPaperForm(props: PaperFormProps, assets: StaffAssets): string {
  const { questionnaire, language, wave } = props
  const words = paperWords[language]
  const children = (
    <main class="paper">
      <Head {...props} />
      <p class="paper-intro">{words.intro.join(' ')}</p>
      <Criteria factors={questionnaire.factors} language={language} />
      <Extras extra={questionnaire.extra} language={language} />
      <p class="paper-assisted">
        {words.assisted} <Options options={[words.self, words.helped]} />
      </p>
      <section class="paper-comment">
        <p>{words.comment}</p>
        <p class="paper-lines" />
      </section>
      <p class="paper-thanks">{words.thanks}</p>
      <Interviewer />
    </main>
  )
  return renderDocument({ title: `Phiếu giấy · ${wave}`, lang: language, style: { href: assets.styleHref }, children })
}

function Head({ questionnaire, wave, agency, language, unreviewed, demo }: PaperFormProps) {
  const words = paperWords[language]
  return (
    <header class="paper-head">
      <div>
        <p lang="vi">
          {agency} · {wave}
        </p>
        <h1>
          {words.title}
          <span>{questionnaire.title[language]}</span>
        </h1>
        {demo && <p class="paper-mark">DỮ LIỆU MẪU</p>}
        {unreviewed && words.unreviewed && <p class="paper-mark">{words.unreviewed}</p>}
      </div>
      <dl>
        <div>
          <dt>{words.formNumber}</dt>
          <dd />
        </div>
        <div>
          <dt>{words.stratum}</dt>
          <dd />
        </div>
      </dl>
    </header>
  )
}

type CriteriaProps = { factors: Factor[]; language: Language }

function Criteria({ factors, language }: CriteriaProps) {
  const words = paperWords[language]
  const offersNone = factors.some(({ criteria }) => criteria.some(({ noOpinion }) => noOpinion))
  const faces = messagesIn(language).survey.faces
  return (
    <>
      <p class="paper-how">{words.how}</p>
      <table class="paper-criteria">
        <colgroup>
          <col class="paper-col-number" />
          <col />
          <col class="paper-col-levels" span={offersNone ? 6 : 5} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2} class="paper-question">
              {words.criterion}
            </th>
            {faces.map((face, index) => (
              <th key={face} scope="col">
                <Face level={index + 1} />
                {face}
              </th>
            ))}
            {offersNone && <th scope="col">{messagesIn(language).survey.noOpinion}</th>}
          </tr>
        </thead>
        {factors.map((factor) => (
          <FactorRows key={factor.code} factor={factor} language={language} offersNone={offersNone} />
        ))}
      </table>
    </>
  )
}

const levels = [1, 2, 3, 4, 5]

const FactorRows = ({ factor, language, offersNone }: { factor: Factor; language: Language; offersNone: boolean }) => (
  <tbody>
    <tr class="paper-factor">
      <th scope="rowgroup" colSpan={offersNone ? 8 : 7}>
        {factor.title[language]}
      </th>
    </tr>
    {factor.criteria.map(({ code, official, text, noOpinion }) => (
      <tr key={code}>
        <td class="paper-number">{official}</td>
        <th scope="row">{text[language]}</th>
        {levels.map((level) => (
          <td key={level}>
            <span class="paper-digit">{level}</span>
          </td>
        ))}
        {offersNone && <td>{noOpinion && <span class="paper-digit">0</span>}</td>}
      </tr>
    ))}
  </tbody>
)

const Extras = ({ extra, language }: { extra: ExtraQuestion[]; language: Language }) => (
  <ol class="paper-extras">
    {extra.map((question, index) => (
      <li key={question.code}>
        <b>T{index + 1}</b> {question.text[language]} <ExtraAnswer question={question} language={language} />
      </li>
    ))}
  </ol>
)

function ExtraAnswer({ question, language }: { question: ExtraQuestion; language: Language }) {
  if (question.kind === 'percent') {
    return (
      <span class="paper-option">
        <span class="paper-blank" /> % <small>({paperWords[language].percent})</small>
      </span>
    )
  }
  const options =
    question.kind === 'scale'
      ? messagesIn(language).survey.faces
      : (question.choices ?? []).map(({ text }) => text[language])
  return <Options options={options} />
}

const Options = ({ options }: { options: string[] }) => (
  <>
    {options.map((option, index) => (
      <span key={option}>
        <span class="paper-option">
          <span class="paper-digit">{index + 1}</span> {option}
        </span>{' '}
      </span>
    ))}
  </>
)

const Interviewer = () => (
  <aside class="paper-interviewer" lang="vi">
    <p>Dành cho điều tra viên</p>
    <ol>
      {interviewerWords.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ol>
  </aside>
)

/** Mouths from sad to glad; the words under them carry the meaning. */
const mouths = [
  'M8 20q6-7 12 0',
  'M8.500 19q5.500-4 11 0',
  'M8.500 18h11',
  'M8.500 16.500q5.500 4 11 0',
  'M8 15.500q6 8 12 0',
]

const Face = ({ level }: { level: number }) => (
  <svg class="paper-face" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <circle cx="14" cy="14" r="12" />
    <path d="M10 10.500v1.500M18 10.500v1.500" />
    <path d={mouths[level - 1]} />
  </svg>
)
