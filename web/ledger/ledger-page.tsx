import type { LedgerView } from '../../server/ledger/contract.ts'
import { links } from '../links.ts'
import { renderPublicFrame } from '../publication/frame.tsx'
import { formatInteger } from '../ui/format.ts'
import { formatStamp } from '../ui/moment.ts'
import { problemWords } from './run-card.tsx'

export type LedgerPageProps = { view: LedgerView; demo: boolean }

/** What the ledger is, for everybody, and how to check it without believing this page. */
export function renderLedgerPage({ view, demo }: LedgerPageProps, styleHref: string): string {
  return renderPublicFrame(
    {
      title: 'Sổ cái',
      demo,
      back: true,
      lead: 'Mỗi phiếu nhận được là một dòng trong sổ cái. Dòng đã ghi thì không ai, kể cả người quản trị máy chủ, sửa hay xóa được mà không lộ ra.',
      children: <Ledger view={view} />,
    },
    styleHref,
  )
}

function Ledger({ view }: { view: LedgerView }) {
  return (
    <>
      <section aria-labelledby="now">
        <h2 id="now">Hiện nay</h2>
        {view.problem && (
          <p>
            <b>{problemWords[view.problem].title}.</b> {problemWords[view.problem].public}
          </p>
        )}
        <p>
          Sổ cái có <b>{formatInteger(view.size)}</b> dòng{view.at && `, ký lần cuối lúc ${formatStamp(view.at)}`}.
        </p>
        {view.run && <LastRun run={view.run} />}
        <Months months={view.months} />
      </section>
      <How />
      <Programs view={view} />
    </>
  )
}

const LastRun = ({ run }: { run: NonNullable<LedgerView['run']> }) => (
  <p>
    Lần tự kiểm tra gần nhất ({formatStamp(run.at)}):{' '}
    {run.failure
      ? 'không thực hiện được.'
      : run.findings.length === 0
        ? 'không thấy sai lệch.'
        : `thấy ${formatInteger(run.findings.length)} sai lệch, đang được xem xét.`}
  </p>
)

const Months = ({ months }: { months: LedgerView['months'] }) => (
  <table class="ledger-months">
    <caption>Số dòng ghi thêm trong từng tháng</caption>
    <thead>
      <tr>
        <th scope="col">Tháng</th>
        <th scope="col">Số dòng</th>
      </tr>
    </thead>
    <tbody>
      {months.map(({ month, lines }) => (
        <tr key={month}>
          <th scope="row">{`${month.slice(5)}/${month.slice(0, 4)}`}</th>
          <td>{formatInteger(lines)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const How = () => (
  <>
    <section aria-labelledby="how">
      <h2 id="how">Sổ cái giữ lời thế nào</h2>
      <p>
        Phiếu nhận vào được ghi theo thứ tự, chậm nhất một phút sau. Mỗi dòng được thu gọn thành một mã; các mã ghép
        từng đôi thành một mã gốc duy nhất, và mã gốc được ký. Sửa một câu trả lời, bớt một phiếu, lùi một ngày thì mã
        gốc khác đi. Việc xét lại một phiếu, ban hành bộ câu hỏi, đổi chỉ tiêu, kết thúc đợt khảo sát, duyệt báo cáo và
        tổng số phiếu mỗi ngày cũng là những dòng trong sổ.
      </p>
      <p>
        Sổ công bố chỉ có mã, không có phiếu: không ai đọc được câu trả lời hay ý kiến của người khác từ đây. Khi một ý
        kiến phải xóa theo luật, chữ mất đi nhưng các mã vẫn kiểm tra được, và việc xóa có một dòng riêng.
      </p>
    </section>
    <section aria-labelledby="own">
      <h2 id="own">Kiểm tra phiếu của mình</h2>
      <p>
        Mở lại trang cảm ơn có mã phiếu. Hết buổi gửi phiếu, trang ghi “Phiếu này là dòng …”, có nút kiểm tra ngay trên
        máy và tệp để giữ. Câu trả lời chỉ hiện trên máy đã gửi phiếu.
      </p>
    </section>
  </>
)

const Programs = ({ view }: { view: LedgerView }) => (
  <section aria-labelledby="programs">
    <h2 id="programs">Cho người không muốn tin trang này</h2>
    <p>
      Tải <a href={links.ledgerVerifier}>verify-ledger.js</a> (một tệp, đọc trong mười phút, chạy bằng Node.js), rồi
      chạy định kỳ trên máy của mình:
    </p>
    <p>
      <code>node verify-ledger.js --url địa-chỉ-trang-này --remember so-cai.txt</code>
    </p>
    <p>
      Tệp <code>so-cai.txt</code> nhớ các lần ký đã thấy. Nếu sổ bị lùi lại hoặc có hai bản khác nhau, chương trình nói
      ngay. Định dạng theo C2SP: {/* Before the first signing there is nothing behind the address. */}
      {view.checkpoint ? <a href={links.ledgerCheckpoint}>tlog-checkpoint</a> : 'tlog-checkpoint'},{' '}
      <a href={links.ledgerKey}>khóa công khai</a>, tlog-tiles tại <code>{links.ledgerTile('')}</code>, tlog-proof.
    </p>
    <p>
      Khóa: <code>{view.key}</code>
    </p>
    {view.checkpoint && <pre class="ledger-note">{view.checkpoint}</pre>}
  </section>
)
