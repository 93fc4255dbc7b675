import { links } from '../../links.ts'
import { Notice } from '../../ui/notice.tsx'
import type { DraftPageProps } from './page-props.ts'

/** The whole definition as one text, for copying from another commune or changing much at once. */
export const DraftJson = ({ code, revision, json: { text, problems } }: DraftPageProps) => (
  <details class="card padded draft-json" open={problems.length > 0}>
    <summary>Nâng cao: sửa cả bản thảo dưới dạng JSON</summary>
    {problems.length > 0 && (
      <Notice kind="problem" title="Bản thảo chưa được lưu. Xin sửa:">
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Notice>
    )}
    <form method="post" action={links.draftQuestionnaire(code)}>
      <input type="hidden" name="revision" value={revision} />
      <div class={problems.length > 0 ? 'field has-problem' : 'field'}>
        <label for="definition">Nội dung bản thảo (JSON)</label>
        <div class="field-hint" id="definition-hint">
          <Rules />
        </div>
        <textarea
          id="definition"
          name="definition"
          class="draft-text"
          rows={32}
          spellcheck={false}
          autocomplete="off"
          aria-describedby="definition-hint"
          {...(problems.length > 0 && { 'aria-invalid': 'true' })}
        >
          {text}
        </textarea>
      </div>
      <button type="submit" class="button quiet" name="action" value="save">
        Lưu nội dung JSON
      </button>
    </form>
  </details>
)

const Rules = () => (
  <ul class="draft-rules">
    <li>Ô này hiện bản đã lưu; những gì đang gõ ở các ô phía trên không nằm trong đó.</li>
    <li>
      <b>code</b> là mã của tiêu chí: giữ nguyên khi vẫn hỏi cùng một điều, đặt mã mới khi hỏi điều khác.{' '}
      <b>official</b> là số trong danh mục của bộ, ngành.
    </li>
    <li>
      <b>core</b>: true là hỏi mọi phiếu, false là hỏi luân phiên; <b>draw</b> là số câu luân phiên mỗi phiếu rút trong
      nhóm. Cả phiếu nhiều nhất 8 tiêu chí.
    </li>
    <li>
      Mỗi lời hỏi có đủ ba thứ tiếng: <b>vi</b>, <b>en</b>, <b>km</b>.
    </li>
  </ul>
)
