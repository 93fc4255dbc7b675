import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type DraftPageProps = {
  code: string
  title: string
  /** The number the draft has or will have; the version it began from when there is no draft yet. */
  version: number
  beginsFrom: number | null
  text: string
  problems: string[]
  shell: Shell
}

export function renderDraftPage(props: DraftPageProps, assets: StaffAssets): string {
  const { code, title, version, beginsFrom, problems, shell } = props
  const heading = beginsFrom === null ? `Sửa bản thảo phiên bản ${version}` : `Bản thảo mới: phiên bản ${version}`
  const lead = beginsFrom === null ? title : `${title}, bắt đầu từ phiên bản ${beginsFrom}`
  const back = beginsFrom ?? version
  const children = (
    <>
      <p class="back">
        <a href={links.questionnaire(code, back)}>
          ‹ {title}, phiên bản {back}
        </a>
      </p>
      <PageHead title={heading} lead={lead} />
      {problems.length > 0 && (
        <Notice kind="problem" title="Bản thảo chưa được lưu. Xin sửa:">
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
      <DraftForm {...props} />
    </>
  )
  return renderStaffPage({ title: problems.length > 0 ? `Cần sửa: ${heading}` : heading, shell, children }, assets)
}

const DraftForm = ({ code, text, problems }: DraftPageProps) => (
  <form class="card padded" method="post" action={links.draftQuestionnaire(code)}>
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
    <button type="submit" class="button" name="action" value="save">
      Lưu bản thảo
    </button>
    <p class="field-hint">Lưu rồi vẫn sửa được; người dân chỉ thấy bản này sau khi ban hành.</p>
  </form>
)

const Rules = () => (
  <ul class="draft-rules">
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
