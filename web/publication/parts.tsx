import type { Language } from '../../server/catalogue/contract.ts'
import type {
  PublicIndicator,
  PublicMonth,
  PublicPending,
  PublicScore,
} from '../../server/publication/public-contract.ts'
import type { Score } from '../../server/score/contract.ts'
import { spellOut } from '../indicators/words.ts'
import { IntervalAxis, IntervalBar } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale, scaleFor } from '../ui/charts/scale.ts'
import { slotOf, TimeLine } from '../ui/charts/time-line.tsx'
import { VerdictMark } from '../ui/verdict-word.tsx'
import { Part } from './frame.tsx'
import { numbersIn, publicWordsIn, titleIn } from './languages/words.ts'

const noScore = { score: null, lower: null, upper: null, responses: 0 }

type InLanguage = { language: Language }

export function PublicIndicators({ indicators, language }: InLanguage & { indicators: PublicIndicator[] }) {
  const scale = chooseScale(
    indicators.map(({ score }) => score ?? noScore),
    indicators.map(({ target }) => target),
  )
  return (
    <ol class="public-indicators">
      {indicators.map((indicator) => (
        <li key={indicator.code}>
          <IndicatorTitle indicator={indicator} language={language} />
          {indicator.score ? (
            <Figure indicator={indicator} score={indicator.score} scale={scale} language={language} />
          ) : (
            <p class="public-small">{whyHidden(indicator, language)}</p>
          )}
        </li>
      ))}
    </ol>
  )
}

function pendingInWords({ patterns, responses, turnsTo }: PublicPending, language: Language): string {
  const [words, numbers] = [publicWordsIn(language), numbersIn(language)]
  const waiting = words.waiting(
    numbers.integer(patterns),
    responses === null ? words.fewerThanFive : numbers.integer(responses),
  )
  return turnsTo ? `${waiting} ${words.turning(words.verdicts[turnsTo])}` : waiting
}

function IndicatorTitle({ indicator: { code, title }, language }: InLanguage & { indicator: PublicIndicator }) {
  const translated = titleIn(language, code, title)
  return (
    <h3>
      <span class="public-code">{code}</span> {translated ?? <span lang="vi">{spellOut(title)}</span>}
    </h3>
  )
}

type FigureProps = InLanguage & { indicator: PublicIndicator; score: Score; scale: Scale }

function Figure({ indicator, score, scale, language }: FigureProps) {
  const { target, verdict, reason, provisional, dueFrom } = indicator
  const [words, numbers] = [publicWordsIn(language), numbersIn(language)]
  const why = reason ? words.reasons[reason] : ''
  const said = dueFrom ? words.watched(dueFrom) : [words.verdicts[verdict], why].filter(Boolean).join(': ')
  const interval = numbers.interval(score.lower ?? 0, score.upper ?? 0, target)
  const label = words.bar(numbers.percent(score.score ?? 0, target), interval, numbers.target(target))
  return (
    <>
      <div class="public-figure">
        <b>{numbers.percent(score.score ?? 0, target)}</b>
        <VerdictMark kind={dueFrom ? 'watched' : verdict} said={said}>
          {provisional && !dueFrom && <span> · {words.provisional}</span>}
        </VerdictMark>
      </div>
      {indicator.pending && <p class="public-waiting">{pendingInWords(indicator.pending, language)}</p>}
      <IntervalAxis scale={scale} label={words.scale(scale.lowest)} />
      <IntervalBar score={score} target={target} scale={scale} watched={dueFrom !== null} label={label} />
      <p class="public-small">{describeScore(indicator, score, language)}</p>
    </>
  )
}

function describeScore(
  { target, ownerName, rate, provenShare, ticketRate }: PublicIndicator,
  score: Score,
  language: Language,
) {
  const [words, numbers] = [publicWordsIn(language), numbersIn(language)]
  const { lower, upper, responses } = score
  const parts = [
    words.target(numbers.target(target)),
    words.responses(numbers.integer(responses)),
    lower !== null && upper !== null ? words.interval(numbers.interval(lower, upper, target)) : '',
    provenShare === null ? '' : words.proven(provenShare),
    ticketRate === null ? '' : words.tickets(ticketRate),
    rate === null ? '' : words.rate(numbers.percent(100 * rate)),
    ownerName,
  ]
  return parts.filter(Boolean).join(' · ')
}

function whyHidden({ isUnpublishable, target, code }: PublicIndicator, language: Language): string {
  const words = publicWordsIn(language)
  const why = isUnpublishable ? words.onlyInReports : code === 'II.7' ? words.noWave : words.hidden
  return `${words.target(numbersIn(language).target(target))} · ${why}.`
}

type Row = { name: string; href?: string; score: PublicScore }
type TableProps = InLanguage & { caption: string; rows: Row[]; head?: 'name' | 'month' }

/** Names with their scores; a hidden one says so instead of a number. */
export function ScoreTable({ caption, rows, language, head = 'name' }: TableProps) {
  const { table } = publicWordsIn(language)
  return (
    <table class="public-table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{table[head]}</th>
          <th scope="col">{table.score}</th>
          <th scope="col">{table.interval}</th>
          <th scope="col">{table.responses}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, href, score }) => (
          <tr key={name}>
            <th scope="row">{href ? <a href={href}>{name}</a> : name}</th>
            <ScoreCells score={score} language={language} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ScoreCells({ score, language }: InLanguage & { score: PublicScore }) {
  const [words, numbers] = [publicWordsIn(language), numbersIn(language)]
  if (!score || score.score === null || score.lower === null || score.upper === null) {
    return (
      <td class="public-hidden" colSpan={3}>
        {words.hidden}
      </td>
    )
  }
  return (
    <>
      <td>{numbers.percent(score.score)}</td>
      <td>{numbers.interval(score.lower, score.upper)}</td>
      <td>
        <span class="wide-only">{numbers.integer(score.responses)}</span>
        <span class="narrow-only">{words.responses(numbers.integer(score.responses))}</span>
      </td>
    </>
  )
}

/** "2026-10" → "10/2026". */
const monthInWords = (month: string) => month.split('-').reverse().join('/')

export function PublicMonths({ months, about, language }: InLanguage & { months: PublicMonth[]; about: string }) {
  const words = publicWordsIn(language)
  const label = (month: string) => (language === 'vi' ? `T${Number(month.slice(5))}` : String(Number(month.slice(5))))
  const slots = months.map(({ month, score }) => slotOf(month, label(month), score ?? noScore))
  const scale = scaleFor(
    slots.flatMap(({ lower }) => lower ?? []),
    [],
  )
  return (
    <Part id="months" title={words.sections.months}>
      <p>{about}</p>
      <TimeLine slots={slots} scale={scale} target={null} band="interval" label={`${words.monthsDrawing}. ${about}`} />
      <details>
        <summary>{words.asTable}</summary>
        <ScoreTable
          caption={words.monthsDrawing}
          head="month"
          language={language}
          rows={months.map(({ month, score }) => ({ name: monthInWords(month), score }))}
        />
      </details>
      <p class="public-small">{words.runningMonth}</p>
    </Part>
  )
}

type Done = { id: number; said: string; did: string; agency?: string }

export function Improvements({ improvements, language }: InLanguage & { improvements: Done[] }) {
  const words = publicWordsIn(language)
  return (
    <Part id="improvements" title={words.sections.improvements}>
      {improvements.length === 0 ? (
        <p>{words.noneDone}</p>
      ) : (
        <ul class="public-done">
          {improvements.map(({ id, said, did, agency }) => (
            <li key={id}>
              <p>
                <small>{words.said}</small> <span lang="vi">{said}</span>
              </p>
              <p>
                <small>{words.did}</small> <span lang="vi">{did}</span>
              </p>
              {agency && <p class="public-small">{agency}</p>}
            </li>
          ))}
        </ul>
      )}
      {improvements.length > 0 && words.inVietnamese && <p class="public-small">{words.inVietnamese}</p>}
    </Part>
  )
}
