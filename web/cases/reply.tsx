import type { ReplyTemplate } from '../../server/cases/templates/contract.ts'
import { links } from '../links.ts'
import { LinesField, problemAt } from '../ui/problem-fields.tsx'
import { CaseFormFrame } from './form-parts.tsx'
import type { CasePageProps } from './page-props.ts'

/** What the citizen reads: sent, about to be sent, or still to be written. */
export function CaseReply({ view, doors, values, problems, preview }: CasePageProps) {
  if (!doors.may.reply) return view.reply ? <Sent {...view} reply={view.reply} /> : <Unanswered view={view} />
  return (
    <section class="card padded" id="tra-loi">
      <h2>{view.kind === 'praise' ? 'Cảm ơn người dân' : 'Trả lời người dân'}</h2>
      {view.reply && <Sent {...view} reply={view.reply} />}
      {preview !== null && (
        <div class="case-preview">
          <p class="case-quiet">Người dân nhập mã phiếu sẽ đọc được đúng những dòng này:</p>
          <blockquote>{preview}</blockquote>
          <CaseFormFrame view={view} action="reply">
            <textarea name="reply" hidden aria-hidden="true" tabIndex={-1}>
              {preview}
            </textarea>
            <button class="button" type="submit">
              Gửi trả lời
            </button>
          </CaseFormFrame>
        </div>
      )}
      <form class="case-form" method="post" action={links.case(view.id)}>
        <input type="hidden" name="seen" value={view.seen} />
        <Templates templates={doors.templates} />
        <LinesField
          name="reply"
          label={preview === null ? 'Nội dung trả lời' : 'Sửa lại'}
          hint="Từ 20 đến 2.000 ký tự. Nói rõ đã làm gì hoặc vì sao chưa làm được. Không ghi tên, số điện thoại của người dân."
          problem={problemAt(problems, 'reply')}
          value={values.reply ?? ''}
          rows={6}
        />
        <div class="case-reply-buttons">
          <button class="button" type="submit" name="action" value="reply">
            Gửi trả lời
          </button>
          <button class="button quiet" type="submit" name="action" value="preview">
            Xem trước
          </button>
        </div>
      </form>
    </section>
  )
}

/** Inserted by the server, so that it works without script and keeps what was typed. */
const Templates = ({ templates }: { templates: ReplyTemplate[] }) => (
  <div class="field">
    <label for="template">Mẫu trả lời</label>
    <div class="case-choose">
      <select id="template" name="template">
        {templates.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      <button class="button small" type="submit" name="action" value="template">
        Chèn mẫu
      </button>
    </div>
  </div>
)

const Sent = ({ reply }: { reply: string }) => (
  <section class="card padded case-sent">
    <h2>Đã trả lời người dân</h2>
    <blockquote>{reply}</blockquote>
  </section>
)

function Unanswered({ view }: Pick<CasePageProps, 'view'>) {
  if (view.state !== 'closed' || !view.closedReason) return null
  return (
    <section class="card padded">
      <h2>Khép mà không trả lời</h2>
      <p>{view.closedReason}</p>
    </section>
  )
}
