import type { Half, LedgerLine } from '../../server/ledger/contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'

export type LinePageProps = {
  place: { code: string; name: string; agency: string }
  receipt: string
  line: Extract<LedgerLine, { state: 'in' }>
  proof: string
  signer: string
  /** The answers in words, for the browser that sent them. */
  answers: { question: string; answer: string }[] | null
  demo: boolean
}

export const halfWords: Record<Half, string> = { morning: 'buổi sáng', afternoon: 'buổi chiều' }

/** One response's line, with everything needed to check it: whole in one file, so that a kept copy works offline. */
export function renderLinePage(props: LinePageProps, assets: { style: string; script: string }): string {
  const title = `Dòng ${formatInteger(props.line.line)} trong sổ cái`
  return renderDocument({
    title,
    lang: 'vi',
    style: { inline: assets.style },
    scripts: [assets.script],
    children: <LinePage {...props} title={title} />,
  })
}

function LinePage({ title, place, receipt, line, proof, signer, answers, demo }: LinePageProps & { title: string }) {
  return (
    <main>
      {demo && <p class="demo">DỮ LIỆU MẪU</p>}
      <section class="panel">
        <h1>{title}</h1>
        <p>
          Phiếu <b>{receipt}</b> gửi {place.name} ({place.agency}), {halfWords[line.half]} ngày {formatDay(line.day)},
          là dòng {formatInteger(line.line)}. Sổ cái chỉ ghi thêm, không ai sửa hay rút được một dòng mà không lộ ra.
        </p>
        <button type="button" class="button" id="check" hidden>
          Kiểm tra ngay trên máy này
        </button>
        <noscript>
          <p>Trình duyệt này không chạy được mã kiểm tra; xin dùng tệp chứng minh ở dưới.</p>
        </noscript>
        <p id="result" role="status" />
      </section>
      {answers && <Answers answers={answers} />}
      <Keep code={place.code} receipt={receipt} />
      <Details proof={proof} signer={signer} />
    </main>
  )
}

const Answers = ({ answers }: { answers: { question: string; answer: string }[] }) => (
  <section class="panel">
    <h2>Câu trả lời đã ghi</h2>
    <p>Chỉ máy đã gửi phiếu mới thấy phần này; người khác có mã phiếu cũng không xem được.</p>
    <dl>
      {answers.map(({ question, answer }) => (
        <>
          <dt>{question}</dt>
          <dd>{answer}</dd>
        </>
      ))}
    </dl>
  </section>
)

const Keep = ({ code, receipt }: { code: string; receipt: string }) => (
  <section class="panel">
    <h2>Giữ lại</h2>
    <p>Lưu một trong hai tệp này. Sau này, kể cả khi không có mạng, tệp vẫn chứng minh phiếu đã nằm trong sổ cái.</p>
    <p>
      <a class="alone" href={links.receiptLineFile(code, receipt)}>
        Trang kiểm tra, mở được khi không có mạng
      </a>
    </p>
    <p>
      <a class="alone" href={links.receiptProof(code, receipt)}>
        Tệp chứng minh (.tlog-proof), cho chương trình kiểm tra độc lập
      </a>
    </p>
    <p>
      <a class="alone" href={links.ledger}>
        Sổ cái là gì, kiểm tra thế nào
      </a>
    </p>
  </section>
)

const Details = ({ proof, signer }: { proof: string; signer: string }) => (
  <details class="panel">
    <summary>Nội dung chứng minh</summary>
    <p>
      Khóa công khai của sổ cái: <code id="key">{signer}</code>
    </p>
    <pre id="proof">{proof}</pre>
  </details>
)
