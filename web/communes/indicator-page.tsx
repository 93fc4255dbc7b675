import type { BoardRow, FunnelStanding, IndicatorPageView, TrendMonth } from '../../server/communes/board-contract.ts'
import { boardLinks } from '../board-links.ts'
import { scaleFor } from '../ui/charts/scale.ts'
import { TimeLine, thinLabels } from '../ui/charts/time-line.tsx'
import { formatInteger, formatInterval, formatPercent, formatScore, formatTarget } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { VerdictWord } from '../ui/verdict-word.tsx'
import { StandingWord } from './marks.tsx'
import { onPage } from './name-pages.ts'
import { PeriodChoice } from './period-choice.tsx'
import { indicatorSections } from './sections.ts'
import { changeWords, missingWords, periodName, periodWords, standingWords } from './words.ts'

export type IndicatorPageProps = { view: IndicatorPageView; shell: Shell; section: string }

/** One indicator of all communes: who stands out from what chance explains, then everybody by name. */
export function renderIndicatorPage({ view, shell, section }: IndicatorPageProps, assets: StaffAssets): string {
  const { board, indicator } = view
  const title = `${indicator.code} · ${periodName(board.period)}`
  const hrefOf = (period: string) => boardLinks.indicator(indicator.code, period)
  const children = (
    <>
      <p class="back">
        <a href={boardLinks.board(board.period)}>‹ Toàn tỉnh</a>
      </p>
      <PageHead title={indicator.title} lead={leadOf(view)} />
      <PeriodChoice period={board.period} periods={board.periods} hrefOf={hrefOf} />
      <Shown view={view} section={section} />
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

function Shown({ view, section }: Pick<IndicatorPageProps, 'view' | 'section'>) {
  const { board, indicator, trend } = view
  const sections = indicatorSections(board.rows)
  const isFirst = section === wholePage || section === sections[0]?.key
  const rows = onPage(board.rows, section)
  return (
    <>
      {sections.length > 1 && (
        <SectionRow
          sections={sections}
          current={section}
          hrefOf={(one) => boardLinks.indicator(indicator.code, board.period, one)}
          wholeLabel="Cả trang"
        />
      )}
      {isFirst && <FunnelCard view={view} />}
      {rows.length > 0 && <Communes view={view} rows={rows} />}
      {isFirst && <Trend months={trend} target={indicator.target} />}
    </>
  )
}

function leadOf({ board, indicator: { code, mean, target, responses, heard } }: IndicatorPageView): string {
  const score = mean === null ? 'chưa có điểm' : `cả tỉnh ${formatPercent(mean, target)}`
  return `${code}, ${periodWords(board.period)}: ${score} từ ${formatInteger(responses)} phiếu của ${heard} xã; chỉ tiêu ≥ ${formatTarget(target)}.`
}

function FunnelCard({ view }: { view: IndicatorPageView }) {
  const { funnelSvg, funnel } = view
  if (!funnelSvg || !funnel)
    return (
      <Notice kind="warning" title="Chưa so sánh được">
        <p>Chưa xã nào có từ 10 phiếu của chỉ tiêu này trong kỳ.</p>
      </Notice>
    )
  const drawing = { __html: funnelSvg }
  return (
    <section class="card padded" aria-labelledby="pheu">
      <h2 id="pheu">Xã nào khác mức chung nhiều hơn may rủi</h2>
      <Outside view={view} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing that scrolls sideways is reached by keyboard */}
      <section class="funnel" aria-label="Biểu đồ hình phễu" tabIndex={0} dangerouslySetInnerHTML={drawing} />
      <p class="source">
        Xã ít phiếu dao động nhiều nên giới hạn của nó rộng. Nếu mọi xã thật ra như nhau, nhiều nhất khoảng 5 trong 100
        xã vẫn ra ngoài giới hạn 95&nbsp;%, 2 trong 1.000 ra ngoài giới hạn 99,8&nbsp;%. {designWords(funnel)}{' '}
        {spreadWords(funnel.spread)} <a href={boardLinks.method}>Cách so sánh</a>
      </p>
    </section>
  )
}

const designWords = ({ designEffect }: { designEffect: number }): string =>
  `Một phiếu đáng giá khoảng ${formatScore(1 / designEffect)} câu trả lời độc lập (hiệu ứng thiết kế ${formatScore(designEffect)}).`

const spreadWords = (spread: number): string =>
  spread === 0
    ? 'Ngoài may rủi, các xã không khác nhau rõ: giới hạn không phải nới.'
    : 'Các xã thật sự khác nhau hơn may rủi: giới hạn đã được nới theo độ khác nhau chung ấy.'

const outsideOrder: FunnelStanding[] = ['far_below', 'below', 'above', 'far_above']

function Outside({ view: { board, indicator } }: { view: IndicatorPageView }) {
  const groups = outsideOrder
    .map((standing) => ({
      standing,
      rows: board.rows.filter(({ cells }) => cells[indicator.code]?.standing === standing),
    }))
    .filter(({ rows }) => rows.length > 0)
  if (groups.length === 0) return <p>Không xã nào: mọi khác nhau trong kỳ này đều có thể do may rủi.</p>
  return (
    <ul class="outside">
      {groups.map(({ standing, rows }) => (
        <li key={standing}>
          <b>{standingWords[standing]}:</b> {rows.map(({ commune }) => commune.name).join(', ')}
        </li>
      ))}
    </ul>
  )
}

const Communes = ({ view, rows }: { view: IndicatorPageView; rows: BoardRow[] }) => (
  <section class="card" aria-labelledby="tung-xa">
    <h2 id="tung-xa" class="card-title">
      Từng xã, phường
    </h2>
    <table class="listing by-commune">
      <thead>
        <tr>
          <th scope="col">Xã, phường</th>
          <th scope="col" class="number">
            Điểm
          </th>
          <th scope="col" class="number">
            Phiếu
          </th>
          <th scope="col">So với mức chung</th>
          <th scope="col">So với chỉ tiêu</th>
          <th scope="col" class="number">
            Có kiểm chứng
          </th>
          <th scope="col" class="number">
            Tỷ lệ trả lời
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <CommuneRow key={row.commune.code} row={row} code={view.indicator.code} />
        ))}
      </tbody>
    </table>
    {view.funnel && view.funnel.left.length > 0 && (
      <p class="source">Xã có dưới 10 phiếu không được so sánh: vài người chưa nói lên điều gì về cả xã.</p>
    )}
  </section>
)

function CommuneRow({ row, code }: { row: BoardRow; code: string }) {
  const cell = row.cells[code]
  const name = (
    <th scope="row">
      <a href={boardLinks.commune(row.commune.code)}>{row.commune.name}</a>
      {row.missing && <small>{missingWords(row.missing)}</small>}
      {cell?.changed && <small class="state-changed">{changeWords[cell.changed]}</small>}
    </th>
  )
  if (!cell || cell.figure.score === null)
    return (
      <tr>
        {name}
        <td colSpan={6} class="soft">
          Chưa có điểm
        </td>
      </tr>
    )
  const { figure } = cell
  return (
    <tr>
      {name}
      <td class="number">
        <b>{formatScore(figure.score ?? 0, figure.target)}</b>
        <small>{formatInterval(figure.lower ?? 0, figure.upper ?? 0, figure.target)}</small>
      </td>
      <td class="number">
        {formatInteger(figure.responses)}
        <span class="narrow-only"> phiếu</span>
      </td>
      <td>
        <StandingWord cell={cell} />
      </td>
      <td>
        {figure.verdict && <VerdictWord verdict={figure.verdict} provisional={false} reason={figure.reason} />}
        <small>chỉ tiêu ≥&nbsp;{formatTarget(figure.target)}</small>
      </td>
      <td class="number">
        <span class="narrow-only">Có kiểm chứng: </span>
        {shareWords(figure.provenShare)}
      </td>
      <td class="number">
        <span class="narrow-only">Tỷ lệ trả lời: </span>
        {shareWords(figure.responseRate)}
      </td>
    </tr>
  )
}

const shareWords = (share: number | null): string => (share === null ? '–' : formatPercent(100 * share))

function Trend({ months, target }: { months: TrendMonth[]; target: number }) {
  const heard = months.filter(({ mean }) => mean !== null)
  if (heard.length === 0) return null
  const scale = scaleFor(
    heard.flatMap(({ lower }) => lower ?? []),
    [target],
  )
  const slots = months.map(({ month, mean, lower, upper }) => ({
    key: month,
    label: `T${Number(month.slice(5))}`,
    score: mean,
    lower,
    upper,
  }))
  const label = `Điểm của cả tỉnh theo tháng, ${heard.length} tháng có số liệu; bảng bên dưới ghi từng tháng`
  return (
    <section class="card padded" aria-labelledby="theo-thang">
      <h2 id="theo-thang">Cả tỉnh theo tháng</h2>
      <TimeLine slots={thinLabels(slots, 12)} scale={scale} target={target} band="interval" label={label} />
      <details>
        <summary>Từng tháng</summary>
        <table class="listing">
          <tbody>
            {heard.map(({ month, mean, lower, upper, responses }) => (
              <tr key={month}>
                <th scope="row">{periodName(month)}</th>
                <td class="number">{formatScore(mean ?? 0, target)}</td>
                <td class="number">{formatInterval(lower ?? 0, upper ?? 0, target)}</td>
                <td class="number">{formatInteger(responses)} phiếu</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
