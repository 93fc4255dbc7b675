import type { SetupChoices } from '../../server/places/contract.ts'
import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { type Problem, ProblemSummary, textIn, type Values } from './form-parts.tsx'
import { SectorSteps, SetupFields } from './setup-fields.tsx'

export type PlaceSetupPageProps = {
  place: { code: string; name: string; agency: string }
  choices: SetupChoices
  problems: Problem[]
  values: Values
  shell: Shell
}

export function renderPlaceSetupPage(props: PlaceSetupPageProps, assets: StaffAssets): string {
  const { place, problems, shell } = props
  const title = 'Đơn vị, bộ câu hỏi, lĩnh vực'
  const children = (
    <>
      <p class="back">
        <a href={links.place(place.code)}>‹ {place.name}</a>
      </p>
      <PageHead title={title} lead={place.name} />
      <div class="column">
        <ProblemSummary problems={problems} />
        <Notice kind="warning" title="Chuyển sang đơn vị khác thì phiếu đã có đi theo nơi này">
          <p>
            Kết quả của nơi này, kể cả những kỳ trước, được xem ở đơn vị mới. Ý kiến đang xử lý vẫn ở đơn vị cũ cho đến
            khi được chuyển ở phần Ý kiến.
          </p>
        </Notice>
        <form class="card padded" method="post" action={links.placeSetup(place.code)}>
          <SetupFields {...props} />
          <button type="submit" class="button">
            Lưu
          </button>
        </form>
        <SectorSteps
          title="Đổi loại dịch vụ"
          current={textIn(props.values, 'sector')}
          addressOf={(sector) => links.placeSetup(place.code, sector)}
        />
      </div>
    </>
  )
  return renderStaffPage({ title: `${title} · ${place.name}`, shell, children }, assets)
}
