import type { Holiday, Theme } from '../../../server/cases/contract.ts'
import type { CaseRules } from '../../../server/catalogue/case-rules-contract.ts'
import type { Problem } from '../../../server/problems.ts'
import { links } from '../../links.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { ChoiceField, ProblemList, problemAt } from '../../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../../ui/shell.tsx'
import { HolidayList } from './holidays.tsx'
import { ThemeList } from './themes.tsx'

export type CaseSettingsPageProps = {
  rules: CaseRules
  themes: Theme[]
  holidays: Holiday[]
  year: number
  thisYear: number
  problems: Problem[]
  /** What was typed before a refusal. */
  typed: Record<string, string>
  saved: boolean
  shell: Shell
}

/** Rules, themes and working days behind the cases. */
export function renderCaseSettingsPage(props: CaseSettingsPageProps, assets: StaffAssets): string {
  const { problems, saved, shell } = props
  const title = 'Quy tắc, chủ đề, ngày nghỉ'
  const children = (
    <>
      <p class="back">
        <a href={links.cases()}>‹ Ý kiến</a>
      </p>
      <PageHead title={title} lead="Mọi thay đổi đều ghi vào nhật ký và có hiệu lực với phiếu gửi từ lúc này." />
      {saved && problems.length === 0 && <Notice kind="done" title="Đã lưu" />}
      {problems.length > 0 && <ProblemList title="Chưa lưu được, xin xem lại:" problems={problems} />}
      <Rules {...props} />
      <ThemeList {...props} />
      <HolidayList {...props} />
    </>
  )
  return renderStaffPage({ title, shell, islands: ['day'], children }, assets)
}

const dissatisfiedChoices = [
  { value: 'any_at_most_2', label: 'Có ít nhất một tiêu chí “Không hài lòng” hoặc “Rất không hài lòng”' },
  { value: 'any_at_most_1', label: 'Có ít nhất một tiêu chí “Rất không hài lòng”' },
  { value: 'none', label: 'Không theo dõi; chỉ theo dõi phiếu có lời góp ý' },
]

const Rules = ({ rules, problems }: CaseSettingsPageProps) => (
  <section class="card padded column">
    <h2>Quy tắc</h2>
    <p class="case-quiet">Phiếu có lời góp ý luôn thành ý kiến cần xử lý.</p>
    <form class="case-form" method="post" action={links.caseSettings()}>
      <ChoiceField
        type="radio"
        name="dissatisfied"
        label="Phiếu không có lời góp ý trở thành ý kiến cần xử lý khi"
        problem={problemAt(problems, 'dissatisfied')}
        values={[rules.dissatisfied]}
        options={dissatisfiedChoices}
      />
      <Field
        name="workingDays"
        label="Hạn trả lời (ngày làm việc)"
        hint="Tính từ ngày làm việc kế tiếp; từ 1 đến 30."
        problem={problemAt(problems, 'workingDays')}
        value={String(rules.workingDays)}
        input={{ type: 'number', min: 1, max: 30 }}
      />
      <ChoiceField
        type="checkbox"
        name="conductRoute"
        label="Ý kiến về cán bộ"
        values={rules.conductRoute ? ['on'] : []}
        options={[
          {
            value: 'on',
            label: 'Chuyển thẳng đến lãnh đạo xã',
            note: 'Áp dụng khi phiếu có lời góp ý và chấm chưa hài lòng về thái độ, cách làm việc của cán bộ. Đơn vị bị góp ý không đọc được cho đến khi lãnh đạo chuyển về.',
          },
        ]}
      />
      <button class="button" type="submit">
        Lưu quy tắc
      </button>
    </form>
  </section>
)
