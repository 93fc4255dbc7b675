import type { BoardCell, BoardIndicator, BoardRow, BoardView } from '../../server/communes/board-contract.ts'
import { boardLinks } from '../board-links.ts'
import { formatDay, formatInteger, formatPercent, formatScore, formatTarget } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { StandingLegend, StandingMark } from './marks.tsx'
import { mostOnPage, onPage } from './name-pages.ts'
import { ChangeNotice, LedgerNotice, Unreported } from './notices.tsx'
import { PeriodChoice } from './period-choice.tsx'
import { boardSections, needsLook } from './sections.ts'
import { changeWords, missingWords, periodName } from './words.ts'

export type BoardPageProps = { view: BoardView; shell: Shell; section: string }

/** All communes of a period beside each other: by name, never as a ranking. */
export function renderBoardPage({ view, shell, section }: BoardPageProps, assets: StaffAssets): string {
  const title = 'Toàn tỉnh'
  const children = (
    <>
      <PageHead title={title} lead={leadOf(view)}>
        <p class="board-files">
          <a class="button quiet" href={boardLinks.workbook(view.period)}>
            Tải Excel
          </a>{' '}
          <a class="button quiet" href={boardLinks.csv(view.period)}>
            Tải CSV
          </a>{' '}
          <a class="button quiet" href={boardLinks.synthesis(view.period.slice(0, 4))}>
            Báo cáo tổng hợp năm (Word)
          </a>
        </p>
      </PageHead>
      <PeriodChoice period={view.period} periods={view.periods} hrefOf={boardLinks.board} />
      {view.rows.length === 0 ? <NobodyYet shell={shell} /> : <Board view={view} section={section} />}
    </>
  )
  return renderStaffPage({ title: `${title} · ${periodName(view.period)}`, shell, children }, assets)
}

function leadOf({ rows, period, isRunning }: BoardView): string {
  const heard = rows.filter(({ missing, reading }) => reading && !missing).length
  const running = isRunning ? ' Kỳ chưa khép: mọi con số còn đổi.' : ''
  return `${periodName(period)}: ${heard} trên ${rows.length} xã, phường có số liệu đầy đủ.${running}`
}

const NobodyYet = ({ shell }: { shell: Shell }) => (
  <Notice kind="warning" title="Chưa theo dõi xã nào">
    <p>
      {shell.sections.includes('communes') ? (
        <a href={boardLinks.communes}>Thêm xã đầu tiên</a>
      ) : (
        'Xin người quản trị thêm các xã.'
      )}
    </p>
  </Notice>
)

type ShownProps = { view: BoardView; section: string }

function Board({ view, section }: ShownProps) {
  const sections = boardSections(view.rows)
  const isWhole = section === wholePage || sections.length === 1
  const isFirst = isWhole || section === sections[0]?.key
  return (
    <>
      {sections.length > 1 && (
        <SectionRow
          sections={sections}
          current={section}
          hrefOf={(one) => boardLinks.board(view.period, one)}
          wholeLabel="Cả bảng"
        />
      )}
      {isFirst && (
        <>
          <LedgerNotice findings={view.findings} />
          <ChangeNotice changes={view.changes} />
          <Indicators view={view} />
        </>
      )}
      {isFirst && !isWhole ? <ToLookAt view={view} /> : <Everybody view={view} section={section} />}
      {isFirst && <Unreported view={view} />}
    </>
  )
}

const Everybody = ({ view, section }: ShownProps) => (
  <StateMap view={view} rows={onPage(view.rows, section)} title="Trạng thái từng xã" />
)

/** Of a hundred communes the few that somebody must look at; the others stand by name on the pages behind. */
function ToLookAt({ view }: { view: BoardView }) {
  const rows = view.rows.filter(needsLook)
  if (rows.length === 0)
    return (
      <section class="card padded">
        <p>Không xã nào thấp hơn giới hạn, vắng, hay có số liệu hoặc sổ cái cần xem.</p>
      </section>
    )
  const left = rows.length - mostOnPage
  return (
    <>
      <StateMap view={view} rows={rows.slice(0, mostOnPage)} title={`Cần xem: ${rows.length} xã`} />
      {left > 0 && <p class="source">Và {left} xã nữa, xem trong các trang theo tên.</p>}
    </>
  )
}

const Indicators = ({ view }: { view: BoardView }) => (
  <section class="card" aria-labelledby="chi-tieu">
    <h2 id="chi-tieu" class="card-title">
      Các chỉ tiêu
    </h2>
    <table class="listing">
      <thead>
        <tr>
          <th scope="col">Chỉ tiêu</th>
          <th scope="col" class="number">
            Cả tỉnh
          </th>
          <th scope="col" class="number">
            Phiếu
          </th>
          <th scope="col">Các xã</th>
          <th scope="col">So với mức chung</th>
        </tr>
      </thead>
      <tbody>
        {view.indicators.map((one) => (
          <IndicatorRow key={one.code} indicator={one} period={view.period} />
        ))}
      </tbody>
    </table>
  </section>
)

const IndicatorRow = ({ indicator, period }: { indicator: BoardIndicator; period: string }) => (
  <tr>
    <th scope="row">
      <span class="indicator-code">{indicator.code}</span>{' '}
      <a href={boardLinks.indicator(indicator.code, period)}>{indicator.title}</a>
      <small>chỉ tiêu ≥&nbsp;{formatTarget(indicator.target)}</small>
    </th>
    <td class="number">
      <span class="narrow-only">Cả tỉnh: </span>
      {indicator.mean === null ? '–' : formatPercent(indicator.mean, indicator.target)}
    </td>
    <td class="number">
      {formatInteger(indicator.responses)}
      <span class="narrow-only"> phiếu</span>
    </td>
    <td>
      {indicator.heard} có điểm · {indicator.met} đạt · {indicator.notMet} chưa đạt
    </td>
    <td>
      {indicator.below === 0 ? 'không xã nào thấp hơn giới hạn' : `${indicator.below} xã thấp hơn giới hạn, cần xem`}
    </td>
  </tr>
)

/** States by commune and indicator. */
const StateMap = ({ view, rows, title }: { view: BoardView; rows: BoardRow[]; title: string }) => (
  <section class="card" aria-labelledby="ban-do">
    <h2 id="ban-do" class="card-title">
      {title}
    </h2>
    <p class="card-words">
      Xếp theo tên, không xếp hạng: hai xã khác nhau vài điểm phần trăm thường chỉ là may rủi. Dấu bên điểm cho biết xã
      ở đâu so với mức chung của tỉnh, khi đã tính số phiếu. <a href={boardLinks.method}>Cách so sánh</a>
    </p>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways is reached by keyboard */}
    <section class="wide-table" aria-label="Bảng trạng thái từng xã" tabIndex={0}>
      <table class="state-map">
        <thead>
          <tr>
            <th scope="col">Xã, phường</th>
            {view.indicators.map(({ code, title }) => (
              <th key={code} scope="col">
                <a href={boardLinks.indicator(code, view.period)} title={title}>
                  {code}
                </a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <StateRow key={row.commune.code} row={row} view={view} />
          ))}
        </tbody>
      </table>
    </section>
    <StandingLegend />
  </section>
)

const StateRow = ({ row, view }: { row: BoardRow; view: BoardView }) => (
  <tr>
    <th scope="row">
      <a href={boardLinks.commune(row.commune.code)}>{row.commune.name}</a>
      <small>{noteOf(row)}</small>
    </th>
    {view.indicators.map(({ code }) => (
      <StateCell key={code} cell={row.cells[code]} />
    ))}
  </tr>
)

const verdictShort = { met: 'đạt', not_met: 'chưa đạt', not_yet_provable: 'chưa đủ căn cứ' } as const

function StateCell({ cell }: { cell: BoardCell | undefined }) {
  if (!cell || cell.figure.score === null) return <td class="state-none">–</td>
  const { figure, standing, changed } = cell
  return (
    <td class={standing ?? undefined}>
      <b>{formatScore(figure.score ?? 0, figure.target)}</b> {standing && <StandingMark standing={standing} />}
      <small>{figure.verdict ? verdictShort[figure.verdict] : `${formatInteger(figure.responses)} phiếu`}</small>
      {changed && (
        <small class="state-changed">
          {changed === 'unexplained' ? 'đã đổi sau khi khép kỳ' : changeWords[changed]}
        </small>
      )}
    </td>
  )
}

function noteOf({ missing, presence, reading, ledgerFindings }: BoardRow): string {
  const said = [
    missing ? missingWords(missing) : reading && `đến ${formatDay(reading.to)}`,
    presence.state === 'away' && missing?.kind !== 'away' && 'đang vắng',
    reading?.source === 'open' && 'từ dữ liệu mở',
    ledgerFindings > 0 && 'sổ cái có vấn đề',
  ]
  return said.filter(Boolean).join(' · ')
}
