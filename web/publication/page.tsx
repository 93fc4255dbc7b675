import type { PublicReport, PublicView } from '../../server/publication/public-contract.ts'
import { formatParts, startedChannel } from '../indicators/words.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { Basis, renderPublicFrame, Section } from './frame.tsx'
import { Improvements, PublicIndicators, PublicMonths, ScoreTable } from './parts.tsx'

export type PublicPageProps = { view: PublicView; demo: boolean }

/** The commune's results for everybody: published figures only. */
export function renderPublicPage({ view, demo }: PublicPageProps, styleHref: string): string {
  const title = `Người dân ${view.commune} hài lòng đến đâu`
  const children = (
    <>
      <Section heading="indicators">
        <PublicIndicators indicators={view.indicators} />
      </Section>
      <Section heading="sure">
        <p>
          Không phải ai cũng trả lời, nên mỗi điểm đi cùng một khoảng: điểm thực tế nhiều khả năng nằm trong đó. Chỉ nói{' '}
          <b>đạt</b> khi cả khoảng từ chỉ tiêu trở lên, <b>chưa đạt</b> khi cả khoảng ở dưới; còn lại là{' '}
          <b>chưa đủ căn cứ</b>.
        </p>
        <p>
          Đây là ý kiến của những người tự chọn trả lời sau khi dùng dịch vụ, không phải Chỉ số SIPAS.{' '}
          <a href={links.method}>Con số được tính thế nào</a>
        </p>
      </Section>
      <Section heading="agencies">
        <ScoreTable
          caption="Điểm của từng cơ quan từ đầu năm"
          rows={view.agencies.map(({ code, name, score }) => ({ name, score, href: links.agencyResults(code) }))}
        />
      </Section>
      <PublicMonths months={view.months} target={null} about="Mọi phiếu trong xã, gộp các lĩnh vực." />
      <Channels view={view} />
      <Improvements improvements={view.improvements} />
      <Reports reports={view.reports} />
    </>
  )
  return renderPublicFrame({ title, demo, lead: <Basis {...view} />, children }, styleHref)
}

function Channels({ view: { channels, setAside } }: { view: PublicView }) {
  const counts = channels.map(({ responses }) => responses)
  const all = counts.reduce((sum, responses) => sum + responses, 0)
  const shares = formatParts(counts)
  return (
    <Section heading="channels">
      {all === 0 ? (
        <p>Chưa đủ phiếu để công bố.</p>
      ) : (
        <ul class="public-channels">
          {channels.map(({ channel, responses }, index) => (
            <li key={channel}>
              <span>{startedChannel(channel)}</span>
              <meter min={0} max={all} value={responses} aria-label={startedChannel(channel)} />
              <span>
                {shares[index]} · {formatInteger(responses)} phiếu
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="public-small">
        {setAside > 0
          ? `Từ ${formatInteger(setAside)} phiếu có dấu hiệu bất thường đã được để riêng, không tính vào điểm.`
          : 'Số phiếu phải để riêng chưa đến 10.'}
      </p>
    </Section>
  )
}

const Reports = ({ reports }: { reports: PublicReport[] }) => (
  <Section heading="reports">
    {reports.length === 0 ? (
      <p>Chưa có báo cáo nào được công bố.</p>
    ) : (
      <ul class="public-reports">
        {reports.map(({ id, subject, issuer, from, to }) => (
          <li key={id}>
            <a href={links.publicReport(id)}>{subject}</a>
            <p class="public-small">
              {issuer} · từ {formatDay(from)} đến {formatDay(to)}
            </p>
          </li>
        ))}
      </ul>
    )}
  </Section>
)
