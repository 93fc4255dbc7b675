import type { CommunePageView } from '../../server/communes/board-contract.ts'
import type { Contact } from '../../server/communes/contract.ts'
import { boardLinks } from '../board-links.ts'
import { formatDay, formatInteger, formatScore } from '../ui/format.ts'
import { formatMoment, formatStamp } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { ChangeSentence, LedgerNotice } from './notices.tsx'
import { contactName, periodName, presenceWords } from './words.ts'

export type CommunePageProps = { view: CommunePageView; shell: Shell }

/** One commune: what it said, what of it changed, how it can be reached, what its ledger showed. */
export function renderCommunePage({ view, shell }: CommunePageProps, assets: StaffAssets): string {
  const { commune, presence } = view
  const children = (
    <>
      <p class="back">
        <a href={boardLinks.board()}>‹ Toàn tỉnh</a>
      </p>
      <PageHead title={commune.name} lead={`${presenceWords(presence)}. ${keyWords(view)}`}>
        {shell.sections.includes('communes') && <Actions code={commune.code} />}
      </PageHead>
      <LedgerNotice findings={view.findings} />
      <Changes view={view} />
      <Figures view={view} />
      <Ledger view={view} />
      <Contacts contacts={view.contacts} />
    </>
  )
  return renderStaffPage({ title: commune.name, shell, children }, assets)
}

const keyWords = ({ commune }: CommunePageView): string =>
  commune.hasKey ? 'Đọc số chính xác bằng khóa API.' : 'Chưa có khóa API: chỉ đọc dữ liệu mở, đã gộp nhóm.'

const Actions = ({ code }: { code: string }) => (
  <form class="board-files" method="post" action={boardLinks.pullCommune(code)}>
    <button class="button quiet" type="submit">
      Đọc ngay
    </button>{' '}
    <a class="button quiet" href={boardLinks.changeCommune(code)}>
      Sửa địa chỉ, khóa
    </a>
  </form>
)

const Changes = ({ view: { changes } }: { view: CommunePageView }) =>
  changes.length === 0 ? null : (
    <Notice kind="warning" title="Số liệu của kỳ đã khép từng đổi">
      <ul>
        {changes.map((one) => (
          <li key={`${one.period} ${one.code} ${one.seenAt}`}>
            <ChangeSentence change={one} />
          </li>
        ))}
      </ul>
    </Notice>
  )

function Figures({ view: { readings } }: { view: CommunePageView }) {
  if (readings.every(({ figures }) => figures.every(({ responses }) => responses === 0)))
    return <Notice kind="warning" title="Chưa có số liệu nào" />
  const codes = [...new Set(readings.flatMap(({ figures }) => figures.map(({ code }) => code)))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  const said = readings.filter(({ figures }) => figures.some(({ responses }) => responses > 0))
  const newestFirst = [...said].sort((a, b) => orderOf(b.period).localeCompare(orderOf(a.period)))
  return (
    <section class="card" aria-labelledby="so-lieu">
      <h2 id="so-lieu" class="card-title">
        Số liệu đã đọc
      </h2>
      <p class="card-words">Kỳ đã khép mà có hai dòng là số đã đổi: cả hai bản đều được giữ.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways is reached by keyboard */}
      <section class="wide-table" aria-label="Bảng số liệu đã đọc" tabIndex={0}>
        <table class="state-map">
          <thead>
            <tr>
              <th scope="col">Kỳ</th>
              {codes.map((code) => (
                <th key={code} scope="col">
                  {code}
                </th>
              ))}
              <th scope="col">Đọc lúc</th>
            </tr>
          </thead>
          <tbody>
            {newestFirst.map((reading) => (
              <tr key={`${reading.period} ${reading.source} ${reading.lastSeenAt}`}>
                <th scope="row">
                  {periodName(reading.period)}
                  <small>{sourceWords(reading)}</small>
                </th>
                {codes.map((code) => (
                  <FigureCell key={code} figure={reading.figures.find((one) => one.code === code)} />
                ))}
                <td class="state-note">{formatStamp(reading.lastSeenAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

/** Years, then quarters, then months, each the newest first. */
const orderOf = (period: string): string => `${period.length === 4 ? 3 : period.includes('Q') ? 2 : 1} ${period}`

type Line = CommunePageView['readings'][number]

const sourceWords = ({ source, isFinal, to }: Line): string =>
  `${isFinal ? 'đã khép' : `đến ${formatDay(to)}`}${source === 'open' ? ' · dữ liệu mở' : ''}`

const FigureCell = ({ figure }: { figure: Line['figures'][number] | undefined }) =>
  !figure || figure.score === null ? (
    <td class="state-none">–</td>
  ) : (
    <td>
      <b>{formatScore(figure.score, figure.target)}</b>
      <small>{formatInteger(figure.responses)} phiếu</small>
    </td>
  )

function Ledger({ view: { commune, remembered, findings } }: { view: CommunePageView }) {
  const key = commune.ledgerKeySeen ?? commune.ledgerKey
  return (
    <section class="card padded" aria-labelledby="so-cai">
      <h2 id="so-cai">Sổ cái</h2>
      {remembered ? (
        <p>
          Lần ký gần nhất còn đúng: {formatInteger(remembered.size)} dòng, thấy {formatMoment(remembered.seenAt)}. Khóa{' '}
          {commune.ledgerKey ? 'do xã gửi' : 'nhớ từ lần đầu đọc'}.
        </p>
      ) : (
        <p>Chưa đọc được lần ký nào của sổ cái.</p>
      )}
      {key && (
        <p class="source">
          Khóa đang nhớ: <code>{key}</code>
        </p>
      )}
      {findings.map((finding) => (
        <details key={`${finding.kind} ${finding.firstAt}`}>
          <summary>{finding.sentence}</summary>
          <p>Lần ký đã nhớ:</p>
          <pre>{finding.evidence.remembered ?? 'không có'}</pre>
          <p>Lần ký đang công bố:</p>
          <pre>{finding.evidence.shown ?? 'không có'}</pre>
        </details>
      ))}
    </section>
  )
}

const Contacts = ({ contacts }: { contacts: Contact[] }) => (
  <section class="card padded" aria-labelledby="lien-lac">
    <h2 id="lien-lac">Liên lạc</h2>
    <details>
      <summary>Từng việc đã hỏi</summary>
      <table class="listing">
        <tbody>
          {contacts.map(({ what, okAt, failingSince, reason }) => (
            <tr key={what}>
              <th scope="row">{contactName(what)}</th>
              <td>{failingSince ? `không đọc được từ ${formatMoment(failingSince)}: ${reason}` : 'đọc được'}</td>
              <td>{okAt ? `gần nhất ${formatStamp(okAt)}` : 'chưa lần nào'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  </section>
)
