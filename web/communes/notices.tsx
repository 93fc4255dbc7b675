import type { BoardRow, BoardView, NamedChange, NamedFinding } from '../../server/communes/board-contract.ts'
import { boardLinks } from '../board-links.ts'
import { formatDay, formatInteger, formatScore } from '../ui/format.ts'
import { formatDayOf, formatMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { changeWords, missingWords, periodName, periodWords } from './words.ts'

/** What is wrong with ledgers, one sentence each. */
export const LedgerNotice = ({ findings }: { findings: NamedFinding[] }) =>
  findings.length === 0 ? null : (
    <Notice kind="problem" title="Sổ cái của xã không còn như lần đã thấy">
      <ul>
        {findings.map((one) => (
          <li key={`${one.communeCode} ${one.kind} ${one.firstAt}`}>
            <a href={boardLinks.commune(one.communeCode)}>{one.name}</a>: {one.sentence} Thấy lần đầu{' '}
            {formatMoment(one.firstAt)}.
          </li>
        ))}
      </ul>
    </Notice>
  )

/** Figures of a period that was over and are others now: what nobody named before what was corrected. */
export function ChangeNotice({ changes }: { changes: NamedChange[] }) {
  const unexplained = changes.filter(({ reason }) => reason === 'unexplained')
  const named = changes.filter(({ reason }) => reason !== 'unexplained')
  return (
    <>
      {unexplained.length > 0 && (
        <Notice kind="warning" title="Số liệu đã đổi sau khi khép kỳ, chưa nêu lý do">
          <ChangeList changes={unexplained} />
        </Notice>
      )}
      {named.length > 0 && (
        <Notice kind="done" title="Số liệu đã được đính chính, có nêu lý do">
          <ChangeList changes={named} />
        </Notice>
      )}
    </>
  )
}

const mostListed = 12

const ChangeList = ({ changes }: { changes: NamedChange[] }) => (
  <ul>
    {changes.slice(0, mostListed).map((one) => (
      <li key={`${one.communeCode} ${one.period} ${one.code} ${one.seenAt}`}>
        <a href={boardLinks.commune(one.communeCode)}>{one.name}</a>: <ChangeSentence change={one} />
      </li>
    ))}
    {changes.length > mostListed && <li>và {changes.length - mostListed} số khác, xem ở trang của từng xã.</li>}
  </ul>
)

/** "II.1 của Quý III/2026 từ 92,10 % (300 phiếu) thành 96,40 % (280 phiếu)". */
export const ChangeSentence = ({
  change: { period, code, before, after, reason, seenAt },
}: {
  change: NamedChange
}) => (
  <>
    {code} của {periodName(period)} từ {figureWords(before)} thành {after ? figureWords(after) : 'không còn'}, thấy ngày{' '}
    {formatDayOf(seenAt)}; {changeWords[reason]}.
  </>
)

const figureWords = ({ score, responses }: NamedChange['before']): string =>
  score === null ? 'chưa có điểm' : `${formatScore(score)}\u00a0% (${formatInteger(responses)} phiếu)`

/** Who has not reported the period, and whose figures wait for an approved report. */
export function Unreported({ view }: { view: BoardView }) {
  const missing = view.rows.filter((row) => row.missing !== null)
  const unapproved = view.rows.filter(
    ({ reading }) => reading?.isFinal && reading.source === 'exact' && !reading.hasReport,
  )
  return (
    <section class="card padded" aria-labelledby="chua-bao-cao">
      <h2 id="chua-bao-cao">Chưa báo cáo</h2>
      {missing.length === 0 ? (
        <p>Xã nào cũng có số liệu của {periodWords(view.period)}.</p>
      ) : (
        <ul class="board-missing">
          {missing.map((row) => (
            <MissingRow key={row.commune.code} row={row} />
          ))}
        </ul>
      )}
      {unapproved.length > 0 && (
        <p class="source">
          Kỳ đã khép mà chưa có báo cáo được duyệt: {namesInWords(unapproved.map(({ commune }) => commune.name))}.
        </p>
      )}
    </section>
  )
}

/** A hundred names are not read: the first ones and how many more. */
const namesInWords = (names: string[]): string =>
  names.length > mostListed
    ? `${names.slice(0, mostListed).join(', ')} và ${names.length - mostListed} xã nữa`
    : names.join(', ')

const MissingRow = ({ row: { commune, missing, presence, reading } }: { row: BoardRow }) => (
  <li>
    <a href={boardLinks.commune(commune.code)}>{commune.name}</a>: {missing && missingWords(missing)}
    {presence.state === 'away' && presence.reason && ` (${presence.reason})`}
    {reading && missing?.kind !== 'behind' && `; số liệu đến ${formatDay(reading.to)}`}
  </li>
)
