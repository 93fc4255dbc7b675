import type { ReplyTemplate } from '../../../server/cases/templates/contract.ts'
import type { Choice } from '../../../server/cases/view-contract.ts'
import type { Problem } from '../../../server/problems.ts'
import { links } from '../../links.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { LinesField, ProblemList } from '../../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../../ui/shell.tsx'
import { Tag } from '../../ui/tag.tsx'
import { AgencyChoice } from '../agency-choice.tsx'

export type ReplyTemplatesPageProps = {
  agencies: Choice[]
  agency: string
  templates: ReplyTemplate[]
  saved: boolean
  problems: Problem[]
  /** What was typed before a refusal. */
  typed: Record<string, string>
  shell: Shell
}

/** The texts replies begin with, one for each theme; what only the writer knows stands in brackets. */
export function renderReplyTemplatesPage(props: ReplyTemplatesPageProps, assets: StaffAssets): string {
  const { agencies, agency, templates, saved, problems, typed, shell } = props
  const title = 'Mẫu trả lời'
  const lead =
    'Người trả lời chèn mẫu rồi sửa. Chỗ trong ngoặc vuông, ví dụ [… việc đã làm], phải điền xong mới gửi được.'
  const children = (
    <>
      <p class="back">
        <a href={links.cases()}>‹ Ý kiến</a>
      </p>
      <PageHead title={title} lead={lead} />
      {saved && problems.length === 0 && <Notice kind="done" title="Đã lưu mẫu trả lời" />}
      {problems.length > 0 && <ProblemList title="Chưa lưu được, xin xem lại:" problems={problems} />}
      {agencies.length > 1 && (
        <AgencyChoice action={links.replyTemplates()} label="Đơn vị" agencies={agencies} chosen={agency} />
      )}
      <div class="card case-templates column">
        {templates.map((template) => (
          <Template
            key={template.key}
            agency={agency}
            template={template}
            typed={typed.template === template.key ? typed.body : undefined}
          />
        ))}
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

type TemplateProps = { agency: string; template: ReplyTemplate; typed: string | undefined }

const Template = ({ agency, template: { key, label, body, isOwn }, typed }: TemplateProps) => (
  <details open={typed !== undefined}>
    <summary>
      {label} {isOwn && <Tag>Đơn vị đã sửa</Tag>}
    </summary>
    <form class="case-form" method="post" action={links.replyTemplates()}>
      <input type="hidden" name="agency" value={agency} />
      <input type="hidden" name="template" value={key} />
      <LinesField
        name="body"
        id={`mau-${key}`}
        label={`Mẫu cho: ${label}`}
        hint="Để trống thì dùng lại mẫu gợi ý."
        value={typed ?? body}
        rows={5}
      />
      <button class="button small" type="submit">
        Lưu mẫu
      </button>
    </form>
  </details>
)
