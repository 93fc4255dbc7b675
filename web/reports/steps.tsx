import { links } from '../links.ts'
import { startSentence } from '../ui/format.ts'
import { LinesField, problemAt } from '../ui/problem-fields.tsx'
import type { ReportView } from './page-props.ts'

type StepProps = { view: ReportView }

const Seen = ({ hash }: { hash: string }) => <input type="hidden" name="hash" value={hash} />

/** What only the agency knows, and newer figures. */
export const OwnWords = ({ view: { report, values, problems, takesParagraphs, blanks } }: StepProps) => (
  <section class="card padded report-step" id="hoan-thien">
    <h2>Hoàn thiện bản thảo</h2>
    {(takesParagraphs || blanks.length > 0) && (
      <form method="post" action={links.reportParagraphs(report.id)}>
        <Seen hash={report.hash} />
        {blanks.map(({ asked, typed }, index) => (
          <BlankField key={asked} index={index} asked={asked} value={values[`blanks-${index}`] ?? typed} />
        ))}
        {takesParagraphs && <Paragraphs values={values} problems={problems} />}
        <button class="button quiet" type="submit">
          Lưu các chỗ đã điền
        </button>
      </form>
    )}
    <p class="report-other">
      <a href={links.refreshReport(report.id)}>Lấy số liệu mới</a>
      <small>Xem trước những gì sẽ thay đổi; bản thảo chỉ đổi khi Ông/Bà đồng ý.</small>
    </p>
  </section>
)

/** One placeholder of the text: an empty box keeps it open. */
const BlankField = ({ index, asked, value }: { index: number; asked: string; value: string }) => (
  <div class="field">
    <label for={`blanks-${index}`}>{startSentence(asked)}</label>
    <input type="text" id={`blanks-${index}`} name="blanks" value={value} maxLength={400} />
  </div>
)

const Paragraphs = ({ values, problems }: Pick<ReportView, 'values' | 'problems'>) => (
  <>
    <LinesField
      name="causes"
      label="Nguyên nhân"
      hint="Vì sao có nội dung người dân chưa hài lòng. Mỗi dòng một đoạn."
      problem={problemAt(problems, 'causes')}
      value={values.causes ?? ''}
      rows={6}
    />
    <LinesField
      name="proposals"
      label="Kiến nghị"
      hint="Giải pháp, đơn vị chịu trách nhiệm, thời hạn. Mỗi dòng một đoạn."
      problem={problemAt(problems, 'proposals')}
      value={values.proposals ?? ''}
      rows={6}
    />
  </>
)

export const Approve = ({ view: { report, placeholders, blanks, isMaker, mayMake } }: StepProps) => (
  <form class="card padded report-step" method="post" action={links.approveReport(report.id)}>
    <Seen hash={report.hash} />
    <h2>Duyệt</h2>
    {isMaker && <p class="report-warning">Ông/Bà cũng là người lập bản này. Nên để một người khác đọc và duyệt.</p>}
    {placeholders.length > 0 && (
      <div class="report-warning">
        <p>
          Chưa duyệt được: còn {placeholders.length} chỗ chưa điền
          {mayMake ? '.' : ', do đơn vị lập báo cáo điền.'}
        </p>
        <ul>
          {placeholders.map((text) => (
            <li key={text}>
              {mayMake ? <a href={`#${fieldOf(text, blanks)}`}>{startSentence(text)}</a> : startSentence(text)}
            </li>
          ))}
        </ul>
      </div>
    )}
    <p>
      <b>Sau khi duyệt không sửa được.</b> Muốn sửa phải lập bản đính chính, có lý do; bản đã duyệt vẫn được giữ.
    </p>
    <button class="button" type="submit" disabled={placeholders.length > 0}>
      Duyệt báo cáo
    </button>
  </form>
)

/** Where a placeholder is filled in. */
function fieldOf(asked: string, blanks: ReportView['blanks']): string {
  const index = blanks.findIndex((one) => one.asked === asked)
  if (index >= 0) return `blanks-${index}`
  return asked.startsWith('Nêu nguyên nhân') ? 'causes' : 'proposals'
}

export const Publish = ({ report }: Pick<ReportView, 'report'>) => (
  <form class="card padded report-step" method="post" action={links.publishReport(report.id)}>
    <Seen hash={report.hash} />
    <h2>Công bố</h2>
    <p>Mọi người đọc và tải được báo cáo này ở trang kết quả công khai. Đã công bố thì không rút lại được.</p>
    <button class="button" type="submit">
      Công bố
    </button>
  </form>
)

export const Correct = ({ view: { report, values, problems } }: StepProps) => (
  <details class="card padded report-step" open={problems.length > 0}>
    <summary>Lập bản đính chính</summary>
    <form method="post" action={links.correctReport(report.id)}>
      <p>
        Bản {report.version + 1} được lập từ số liệu hiện nay, ghi rõ là đính chính bản {report.version}. Bản{' '}
        {report.version} giữ nguyên.
      </p>
      <LinesField
        name="reason"
        label="Lý do đính chính"
        hint="Ghi ngay đầu văn bản. Từ 10 đến 500 ký tự."
        problem={problemAt(problems, 'reason')}
        value={values.reason ?? ''}
        rows={3}
      />
      <button class="button quiet" type="submit">
        Lập bản {report.version + 1}
      </button>
    </form>
  </details>
)
