import type { SetupChoices } from '../../server/places/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { formatInteger } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { problemAt } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { type Problem, ProblemSummary, textIn, untranslatedHint, type Values } from './form-parts.tsx'
import { isSector, SectorSteps, SetupFields } from './setup-fields.tsx'

export type NewPlacePageProps = {
  choices: SetupChoices
  defaultBudget: number
  problems: Problem[]
  values: Values
  shell: Shell
}

export function renderNewPlacePage(props: NewPlacePageProps, assets: StaffAssets): string {
  const title = 'Thêm nơi phục vụ'
  const lead = 'Mỗi quầy, phòng khám, trường có mã QR riêng là một nơi phục vụ.'
  const children = (
    <>
      <p class="back">
        <a href={links.places}>‹ Nơi phục vụ, mã QR</a>
      </p>
      <PageHead title={title} lead={lead} />
      <div class="column">
        <ProblemSummary problems={props.problems} />
        {isSector(textIn(props.values, 'sector')) ? (
          <form class="card padded" method="post" action={links.newPlace()}>
            <Names {...props} />
            <SetupFields {...props} otherSector={links.newPlace(textIn(props.values, 'agency'), 'khac')} />
            <Rest {...props} />
            <button type="submit" class="button">
              Thêm nơi phục vụ
            </button>
          </form>
        ) : (
          <SectorSteps addressOf={(sector) => links.newPlace(textIn(props.values, 'agency') || undefined, sector)} />
        )}
      </div>
    </>
  )
  return renderStaffPage({ title, shell: props.shell, children }, assets)
}

const Names = ({ problems, values }: NewPlacePageProps) => (
  <>
    <Field
      name="nameVi"
      label="Tên nơi phục vụ"
      hint="Tên người dân đọc thấy trên tờ dán và ở đầu phiếu."
      value={textIn(values, 'nameVi')}
      problem={problemAt(problems, 'nameVi')}
      input={{ required: true, maxLength: 120 }}
    />
    <Field
      name="nameEn"
      label="Tên tiếng Anh"
      hint={untranslatedHint}
      value={textIn(values, 'nameEn')}
      problem={problemAt(problems, 'nameEn')}
      input={{ maxLength: 120, lang: 'en' }}
    />
    <Field
      name="nameKm"
      label="Tên tiếng Khmer"
      hint={untranslatedHint}
      value={textIn(values, 'nameKm')}
      problem={problemAt(problems, 'nameKm')}
      input={{ maxLength: 120, lang: 'km' }}
    />
  </>
)

const Rest = ({ problems, values, defaultBudget }: NewPlacePageProps) => (
  <>
    <Field
      name="code"
      label="Mã in dưới hình QR"
      hint="Để trống thì Ý Dân đặt một mã 6 ký tự dễ đọc. Muốn tự đặt: 4 đến 10 chữ cái không dấu và chữ số, không dùng I, O, 0, 1."
      value={textIn(values, 'code')}
      problem={problemAt(problems, 'code')}
      input={{ maxLength: 10, autocomplete: 'off', spellcheck: false }}
    />
    <Field
      name="budgetPerHour"
      label="Số phiếu một giờ được tính ngay"
      hint={`Nhiều hơn số này thì phiếu vẫn được nhận nhưng để riêng để xem lại. Để trống: theo mức chung ${formatInteger(defaultBudget)} phiếu.`}
      value={textIn(values, 'budgetPerHour')}
      problem={problemAt(problems, 'budgetPerHour')}
      input={{ type: 'number', min: 1, max: 100000 }}
    />
  </>
)
