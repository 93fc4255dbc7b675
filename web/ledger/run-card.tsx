import type { LedgerProblem, LedgerStatus } from '../../server/ledger/contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { formatStamp } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'

/** Why nothing is signed just now: for the public, and what the administrator must do. */
export const problemWords: Record<LedgerProblem, { title: string; public: string; act: string }> = {
  rolled_back: {
    title: 'Sổ cái trong cơ sở dữ liệu cũ hơn sổ đã công bố',
    public: 'Cơ sở dữ liệu vừa được khôi phục; các dòng sau đó đang thiếu. Chưa có dòng mới nào được ký.',
    act: 'Cơ sở dữ liệu được khôi phục từ bản cũ. Nếu không còn bản mới hơn, xin chạy npm run rotate-ledger-key -- --after-restore: sổ đi tiếp dưới tên mới và ghi rõ chỗ thiếu. Phiếu vẫn được nhận.',
  },
  other_key: {
    title: 'Khóa ký sổ cái không phải khóa đã ký trước đây',
    public: 'Máy chủ chưa có đúng khóa ký. Chưa có dòng mới nào được ký.',
    act: 'Xin chép lại tệp ledger.key và ledger.last đã cất vào DATA_DIR, hoặc đặt LEDGER_KEY. Nếu khóa cũ đã mất, xin chạy npm run rotate-ledger-key -- --after-restore. Phiếu vẫn được nhận.',
  },
  damaged: {
    title: 'Sổ cái trong cơ sở dữ liệu không khớp với mã gốc đã ký',
    public: 'Sổ cái đang được xem xét. Chưa có dòng mới nào được ký.',
    act: 'Có ai đó đã sửa bảng của sổ cái. Xin giữ nguyên hiện trạng, chạy scripts/verify-ledger.js và báo lãnh đạo, bộ phận kiểm tra. Phiếu vẫn được nhận.',
  },
}

/** What the nightly check found and why nothing is signed: for administrator, auditor and leader. Nothing where all is well. */
export function LedgerConcerns({ status: { problem, run } }: { status: LedgerStatus }) {
  return (
    <>
      {problem && (
        <Notice kind="problem" title={problemWords[problem].title}>
          <p>{problemWords[problem].act}</p>
        </Notice>
      )}
      {run && run.findings.length > 0 && (
        <Notice kind="problem" title={`Kiểm tra sổ cái thấy ${formatInteger(run.findings.length)} sai lệch`}>
          <p>Lần kiểm tra {formatStamp(run.at)}. Lãnh đạo xã và bộ phận kiểm tra cần xem ngay:</p>
          <ul>
            {run.findings.slice(0, shownFindings).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {run.findings.length > shownFindings && <p>và những sai lệch khác; xin chạy lại scripts/verify-ledger.js.</p>}
        </Notice>
      )}
      {run?.failure && (
        <Notice kind="warning" title="Chưa kiểm tra được sổ cái">
          <p>{run.failure}</p>
        </Notice>
      )}
    </>
  )
}

/** The same with how far the ledger is, for the page of the audit log. */
export const LedgerNotice = ({ status }: { status: LedgerStatus }) => (
  <>
    <LedgerConcerns status={status} />
    <p class="source">
      <LedgerLink />: {describeLedger(status)}.
    </p>
  </>
)

const shownFindings = 10

/** One line: how far the ledger is and what the last check said. */
export const describeLedger = ({ size, at, run }: LedgerStatus): string =>
  [
    at ? `${formatInteger(size)} dòng, ký lúc ${formatStamp(at)}` : 'chưa có dòng nào',
    run ? `kiểm tra ${formatStamp(run.at)}: ${outcomeOf(run)}` : 'chưa kiểm tra lần nào',
  ].join('; ')

const outcomeOf = ({ findings, failure }: NonNullable<LedgerStatus['run']>): string => {
  if (failure) return 'không thực hiện được'
  return findings.length === 0 ? 'không thấy sai lệch' : `${formatInteger(findings.length)} sai lệch`
}

export const LedgerLink = () => <a href={links.ledger}>Sổ cái</a>
