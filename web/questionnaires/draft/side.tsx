import { links } from '../../links.ts'
import { ChangeSummary } from '../changes.tsx'
import { VersionWeight } from '../life.tsx'
import type { DraftPageProps } from './page-props.ts'

/** What the draft means for a citizen: how the form looks, how long it is, what publishing would change. */
export function DraftSide(props: DraftPageProps) {
  const { effect, published } = props
  return (
    <aside class="draft-side" aria-label="Xem thử và tóm tắt">
      <Preview {...props} />
      {effect && <VersionWeight weight={effect.weight} />}
      {effect && (
        <section class="card padded" aria-labelledby="thay-doi">
          <h2 id="thay-doi">Thay đổi</h2>
          <ChangeSummary changes={effect.changes} than={published} />
          <Publication {...props} />
        </section>
      )}
    </aside>
  )
}

const formId = 'ban-thao'
const frameName = 'xem-thu'
const languages = [
  ['vi', 'Tiếng Việt'],
  ['en', 'Tiếng Anh'],
  ['km', 'Tiếng Khmer'],
] as const

/** The buttons send the fields into the frame, so that what is typed is seen before it is saved. */
const Preview = ({ code, previewId, input, problems }: DraftPageProps) => (
  <section class="card padded" id={frameName} tabIndex={-1} aria-labelledby="xem-thu-ten">
    <h2 id="xem-thu-ten">Xem thử như người dân</h2>
    <p class="field-hint">
      Cả phiếu trên một trang; trên điện thoại thường hiện từng câu. Bấm nút để xem phần đang gõ.
    </p>
    <p class="draft-preview-buttons">
      {languages.map(([lang, name]) => (
        <PreviewButton key={lang} to={links.previewDraft(code, { lang, id: previewId })}>
          {name}
        </PreviewButton>
      ))}
      <PreviewButton to={links.previewDraft(code)}>Bốc thăm lại</PreviewButton>
    </p>
    <iframe
      class="draft-frame"
      name={frameName}
      title={`Phiếu xem thử: ${input.title.vi || code}`}
      src={links.previewDraft(code, { id: previewId })}
      width="360"
      height="640"
    />
    {problems.length > 0 && <p class="field-hint">Đang hiện bản đã lưu gần nhất.</p>}
  </section>
)

const PreviewButton = ({ to, children }: { to: string; children: string }) => (
  <button
    type="submit"
    class="button small"
    form={formId}
    name="do"
    value="preview"
    formaction={to}
    formtarget={frameName}
    data-preview
  >
    {children}
  </button>
)

/** Publishing reads what is stored; the reason is given on the draft's own page. */
const Publication = ({ code, version, published, hasDraft, notice }: DraftPageProps) =>
  hasDraft ? (
    <>
      {notice !== 'saved' && <p class="field-hint">Trang ban hành đọc bản đã lưu; xin lưu trước.</p>}
      <p class="draft-publish">
        <a class="button quiet" href={links.questionnaireDiff(code, version, published)}>
          So với phiên bản {published}
        </a>
        <a class="button quiet" href={links.questionnaire(code, version)}>
          Ghi lý do và ban hành
        </a>
      </p>
    </>
  ) : (
    <p class="field-hint">Lưu lần đầu là tạo bản thảo phiên bản {version}; người dân chưa thấy gì.</p>
  )
