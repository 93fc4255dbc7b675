import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { problemAt } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Choices, type Problem, ProblemSummary, textIn, untranslatedHint, type Values } from './form-parts.tsx'

export type AgencyPageProps = {
  /** Null: a new one. */
  agency: { code: string; name: string } | null
  problems: Problem[]
  values: Values
  shell: Shell
}

export function renderAgencyPage(props: AgencyPageProps, assets: StaffAssets): string {
  const { agency, problems, shell } = props
  const title = agency?.name ?? 'Thêm đơn vị'
  const children = (
    <>
      <p class="back">
        <a href={links.agencies}>‹ Đơn vị</a>
      </p>
      <PageHead title={title} lead={agency ? undefined : 'Tên đầy đủ như trong quyết định thành lập.'} />
      <div class="column">
        <ProblemSummary problems={problems} />
        <form class="card padded" method="post" action={agency ? links.agency(agency.code) : links.newAgency}>
          <Names {...props} />
          {agency && <Standing {...props} />}
          <button type="submit" class="button">
            {agency ? 'Lưu' : 'Thêm đơn vị'}
          </button>
        </form>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const nameFields = [
  { name: 'nameVi', label: 'Tên đơn vị', hint: 'In trên tờ dán, phiếu và báo cáo.', longest: 120 },
  { name: 'shortName', label: 'Tên ngắn', hint: 'Dùng nơi chật chỗ, ví dụ “Trạm Y tế”.', longest: 40 },
  { name: 'nameEn', label: 'Tên tiếng Anh', hint: untranslatedHint, longest: 120, lang: 'en' },
  { name: 'nameKm', label: 'Tên tiếng Khmer', hint: untranslatedHint, longest: 120, lang: 'km' },
]

const Names = ({ problems, values }: AgencyPageProps) => (
  <>
    {nameFields.map(({ name, label, hint, longest, lang }) => (
      <Field
        key={name}
        name={name}
        label={label}
        hint={hint}
        value={textIn(values, name)}
        problem={problemAt(problems, name)}
        input={{ maxLength: longest, required: !lang, ...(lang && { lang }) }}
      />
    ))}
  </>
)

const Standing = ({ problems, values }: AgencyPageProps) => (
  <Choices
    name="status"
    legend="Tình trạng"
    problem={problemAt(problems, 'status')}
    chosen={textIn(values, 'status')}
    choices={[
      { value: 'open', label: 'Đang hoạt động' },
      { value: 'closed', label: 'Đã đóng', hint: 'Chỉ khi không còn nơi phục vụ nào đang mở. Kết quả đã có vẫn giữ.' },
    ]}
  />
)
