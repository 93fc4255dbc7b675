import type { Sector } from '../../server/catalogue/contract.ts'
import type { Pattern, ReviewedResponse } from '../../server/review/contract.ts'
import { channelName } from '../indicators/words.ts'
import { links } from '../links.ts'
import { formatInteger, startSentence } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { whoDecides } from './decider-words.ts'
import { AnswerMarks, satisfiedInWords } from './marks.tsx'
import { countOf, halfDay, patternFields, patternInWords, secondsInWords, signMeanings, signNames } from './words.ts'

export type ReviewPatternPageProps = {
  pattern: Pattern
  place: string
  code: string
  sector: Sector
  responses: ReviewedResponse[]
  mayDecide: boolean
  shell: Shell
}

/** So many are listed; a whole group is decided about without listing each. */
const mostListed = 100

/** One group: why it is here, and each response as far as it may be shown. */
export function renderReviewPatternPage(props: ReviewPatternPageProps, assets: StaffAssets): string {
  const { pattern, place, responses, mayDecide } = props
  const title = signNames[pattern.sign]
  const children = (
    <>
      <p class="back">
        <a href={links.review()}>‹ Phiếu để riêng</a>
      </p>
      <PageHead title={title} lead={`${patternInWords(place, pattern)}: ${countOf(responses.length)}.`} />
      <p class="aside-note">{signMeanings[pattern.sign]}</p>
      {responses.length === 0 ? (
        <p class="aside-note">Nhóm này không còn phiếu nào: có thể đã có người quyết định.</p>
      ) : (
        <ChoiceForm {...props} />
      )}
      {!mayDecide && responses.length > 0 && <WhoDecides {...props} />}
    </>
  )
  return renderStaffPage({ title, shell: props.shell, children }, assets)
}

function ChoiceForm({ pattern, code, responses, mayDecide }: ReviewPatternPageProps) {
  const fields = Object.entries(patternFields(code, pattern))
  const whole = links.previewReview(Object.fromEntries(fields))
  return (
    <form method="get" action={links.previewReview()} class="review-choice">
      {fields.map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />)}
      {mayDecide && (
        <p class="review-actions">
          <a class="button" href={whole}>
            Xem trước cho cả nhóm ({countOf(responses.length)})
          </a>{' '}
          <button type="submit" class="button quiet">
            Xem trước cho phiếu đã chọn
          </button>
        </p>
      )}
      <ResponseTable responses={responses.slice(0, mostListed)} mayDecide={mayDecide} />
      {responses.length > mostListed && (
        <p class="aside-note">
          Hiện {formatInteger(mostListed)} trong {countOf(responses.length)}; quyết định cho cả nhóm áp dụng với tất cả.
        </p>
      )}
    </form>
  )
}

const ResponseTable = ({ responses, mayDecide }: { responses: ReviewedResponse[]; mayDecide: boolean }) => (
  <section class="card">
    <table class="listing review-responses">
      <caption class="unseen">Các phiếu của nhóm</caption>
      <thead>
        <tr>
          <th scope="col">Phiếu</th>
          <th scope="col">Buổi, cách trả lời</th>
          <th scope="col">Thời gian trả lời</th>
          <th scope="col">Câu trả lời</th>
          <th scope="col" class="number">
            Hài lòng
          </th>
        </tr>
      </thead>
      <tbody>
        {responses.map((response, index) => (
          <ResponseRow key={response.token} response={response} number={index + 1} mayDecide={mayDecide} />
        ))}
      </tbody>
    </table>
  </section>
)

type RowProps = { response: ReviewedResponse; number: number; mayDecide: boolean }

function ResponseRow({ response: { token, morning, channel, reason, seconds, answers }, number, mayDecide }: RowProps) {
  return (
    <tr>
      <th scope="row">
        {mayDecide ? (
          <label class="choice">
            <input type="checkbox" name="phieu" value={token} />
            <span>Phiếu {number}</span>
          </label>
        ) : (
          `Phiếu ${number}`
        )}
      </th>
      <td>
        {startSentence(halfDay(morning))}, {channelName(channel)}
        {reason && <small>{signNames[reason]}</small>}
      </td>
      <td>{startSentence(secondsInWords(seconds))}</td>
      <td>
        <AnswerMarks answers={answers} />
      </td>
      <td class="number">
        <span class="narrow-only">Hài lòng </span>
        {satisfiedInWords(answers)}
      </td>
    </tr>
  )
}

const WhoDecides = ({ pattern, sector }: ReviewPatternPageProps) => (
  <p class="aside-note">{whoDecides(pattern.inWave || sector === 'education')}</p>
)
