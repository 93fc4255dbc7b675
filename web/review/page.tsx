import type { DecisionLine, Sensitivity, Sign } from '../../server/review/contract.ts'
import { links } from '../links.ts'
import { IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { formatDay, formatInteger } from '../ui/format.ts'
import { formatMoment } from '../ui/moment.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type StaffAssets } from '../ui/shell.tsx'
import { Effects } from './effects.tsx'
import { ReviewFilters } from './filters.tsx'
import { ReviewGroups } from './groups.tsx'
import type { ReviewPageProps } from './page-props.ts'
import { LookAgain } from './patterns/look.tsx'
import { WaitingPatterns } from './patterns/waiting.tsx'
import { countedSigns, countOf, daysInWords, setAsideSigns, signMeanings, signNames } from './words.ts'

/** What was set aside in some days, what it would change, and what was decided about it. */
export function renderReviewPage(props: ReviewPageProps, assets: StaffAssets): string {
  const title = 'Phiếu để riêng'
  const { from, to, sensitivity, todayCount } = props
  const children = (
    <>
      <PageHead
        title={title}
        lead="Không phiếu nào bị từ chối hay xóa. Phiếu có dấu hiệu bất thường được giữ ở đây, không tính vào điểm, cho đến khi có người xem xét."
      />
      <WaitingPatterns {...props} />
      <ReviewFilters {...props} />
      <p class="review-range">
        Từ {formatDay(from)} đến hết {formatDay(to)}, chỉ gồm các ngày đã khép.{' '}
        {todayCount > 0 && `Hôm nay để riêng ${countOf(todayCount)}, xem được từ ngày mai.`}
      </p>
      {props.view === 'de-rieng' && <Weight sensitivity={sensitivity} />}
      <ReviewGroups {...props} />
      <LookAgain {...props} />
      <Meanings signs={props.view === 'de-rieng' ? setAsideSigns : countedSigns} />
      <Decisions decisions={props.decisions} />
    </>
  )
  return renderStaffPage({ title, shell: props.shell, islands: ['day'], children }, assets)
}

/** How much hangs on these responses: each indicator without and with them. */
function Weight({ sensitivity }: { sensitivity: Sensitivity[] }) {
  const touched = sensitivity.filter(({ setAside }) => setAside > 0)
  const turning = touched.filter(({ beforeVerdict, afterVerdict }) => beforeVerdict !== afterVerdict)
  return (
    <section class="card padded" aria-labelledby="nang-nhe">
      <h2 id="nang-nhe">Nếu tính cả phiếu để riêng</h2>
      {touched.length === 0 ? (
        <p class="aside-note">
          Trong những ngày này không chỉ tiêu nào có phiếu để riêng: điểm không phụ thuộc vào chúng.
        </p>
      ) : (
        <>
          <p class="aside-note">
            {turning.length === 0
              ? 'Không kết luận nào đổi, dù tính hay không tính các phiếu này.'
              : `Kết luận của ${formatInteger(turning.length)} chỉ tiêu phụ thuộc vào các phiếu này: ${turning.map(({ code }) => code).join(', ')}.`}
          </p>
          <Effects effects={touched} before="Hiện nay" after="Nếu tính cả" />
          <IntervalLegend watched={touched.some(({ dueFrom }) => dueFrom !== null)} />
        </>
      )}
    </section>
  )
}

const Meanings = ({ signs }: { signs: Sign[] }) => (
  <details class="explanation review-meanings">
    <summary>Mỗi dấu hiệu nghĩa là gì, ai quyết định</summary>
    <dl>
      {signs.map((sign) => (
        <div key={sign}>
          <dt>{signNames[sign]}</dt>
          <dd>{signMeanings[sign]}</dd>
        </div>
      ))}
    </dl>
    <p>
      Người quyết định không thuộc đơn vị được đánh giá và không thuộc đơn vị chủ trì chỉ tiêu: người phụ trách của đơn
      vị theo dõi chung toàn xã; riêng phiếu của trường học và phiếu của đợt khảo sát do người quản trị quyết định.
    </p>
  </details>
)

function Decisions({ decisions }: { decisions: DecisionLine[] }) {
  if (decisions.length === 0) return null
  return (
    <section class="card" aria-labelledby="quyet-dinh">
      <h2 id="quyet-dinh" class="review-heading">
        Quyết định gần đây
      </h2>
      <table class="listing review-decisions">
        <thead>
          <tr>
            <th scope="col">Quyết định</th>
            <th scope="col">Nơi phục vụ, ngày</th>
            <th scope="col">Lý do</th>
            <th scope="col">Ai, lúc nào</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((line) => (
            <tr key={line.decision}>
              <th scope="row">
                <a href={links.reviewDecision(line.decision)}>
                  {line.restored ? 'Tính lại' : 'Để riêng'} {countOf(line.count)}
                </a>
              </th>
              <td>
                {line.place}
                <small>{daysInWords(line.from, line.to)}</small>
              </td>
              <td>{line.why}</td>
              <td>
                {line.by}
                <small>{formatMoment(line.at)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
