import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { problemAt } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Choices, type Problem, ProblemSummary, textIn, type Values } from './form-parts.tsx'

export type PlaceCodePageProps = {
  place: { code: string; name: string }
  problems: Problem[]
  values: Values
  shell: Shell
}

const kinds = [
  {
    value: 'replaced',
    label: 'Mã cũ vẫn dẫn tới nơi này',
    hint: 'Khi in lại tờ dán, đổi tên hoặc dọn quầy: tờ cũ còn treo vẫn dùng được, phiếu đang trả lời dở vẫn được nhận.',
  },
  {
    value: 'revoked',
    label: 'Thu hồi mã cũ, không dẫn đi đâu nữa',
    hint: 'Khi tờ dán bị dán đè, bị chép đi nơi khác hoặc bị lợi dụng: người quét được mời hỏi tại quầy mã đang dùng.',
  },
]

export function renderPlaceCodePage(
  { place, problems, values, shell }: PlaceCodePageProps,
  assets: StaffAssets,
): string {
  const title = 'Đổi mã'
  const lead = `${place.name}, mã đang dùng ${place.code}. Mã đã đổi không bao giờ được dùng lại cho nơi nào.`
  const children = (
    <>
      <p class="back">
        <a href={links.place(place.code)}>‹ {place.name}</a>
      </p>
      <PageHead title={title} lead={lead} />
      <div class="column">
        <ProblemSummary problems={problems} />
        <form class="card padded" method="post" action={links.placeCode(place.code)}>
          <Choices
            name="kind"
            legend="Người quét tờ dán cũ thì sao"
            problem={problemAt(problems, 'kind')}
            chosen={textIn(values, 'kind')}
            choices={kinds}
          />
          <Field
            name="reason"
            label="Lý do"
            hint="Ghi vào nhật ký, chỉ cán bộ xem được."
            value={textIn(values, 'reason')}
            problem={problemAt(problems, 'reason')}
            input={{ required: true, maxLength: 300, autocomplete: 'off' }}
          />
          <Field
            name="code"
            label="Mã mới"
            hint="Để trống thì Ý Dân đặt một mã 6 ký tự dễ đọc."
            value={textIn(values, 'code')}
            problem={problemAt(problems, 'code')}
            input={{ maxLength: 10, autocomplete: 'off', spellcheck: false }}
          />
          <button type="submit" class="button">
            Đổi mã
          </button>
        </form>
      </div>
    </>
  )
  return renderStaffPage({ title: `${title} · ${place.name}`, shell, children }, assets)
}
