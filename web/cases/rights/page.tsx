import type { RightsRequest } from '../../../server/cases/contract.ts'
import type { Problem } from '../../../server/problems.ts'
import { links } from '../../links.ts'
import { formatDay } from '../../ui/format.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { LinesField, problemAt } from '../../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../../ui/shell.tsx'
import { Tag } from '../../ui/tag.tsx'

export type RightsPageProps = {
  requests: RightsRequest[]
  today: string
  /** The request whose outcome was refused. */
  refused: number | null
  problems: Problem[]
  shell: Shell
}

const kindNames: Record<RightsRequest['kind'], string> = {
  access: 'Xem lại dữ liệu',
  correct: 'Sửa dữ liệu',
  withdraw: 'Rút lại sự đồng ý',
  delete: 'Xóa lời góp ý và số điện thoại',
}

/** Requests of people about their own data, with their legal deadlines. */
export function renderRightsPage(props: RightsPageProps, assets: StaffAssets): string {
  const { requests, shell } = props
  const title = 'Yêu cầu về dữ liệu'
  const children = (
    <>
      <p class="back">
        <a href={links.cases()}>‹ Ý kiến</a>
      </p>
      <PageHead
        title={title}
        lead="Người dân gửi bằng mã phiếu, theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15. Phiếu chấm điểm không có tên nên được giữ lại; lời góp ý và số điện thoại thì xóa được."
      />
      {requests.length === 0 && (
        <section class="card padded">
          <p class="lead">Chưa có yêu cầu nào.</p>
        </section>
      )}
      {requests.length > 0 && (
        <ul class="card case-list">
          {requests.map((one) => (
            <RequestItem key={one.id} {...props} one={one} />
          ))}
        </ul>
      )}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

type ItemProps = RightsPageProps & { one: RightsRequest }

const RequestItem = (props: ItemProps) => {
  const { one, today } = props
  return (
    <li class="case-item">
      <div class="case-item-said">
        <h2>{kindNames[one.kind]}</h2>
        <p class="case-item-where">
          Mã phiếu <code>{one.receipt}</code> · gửi ngày {formatDay(one.askedOn)}
        </p>
        {one.outcome !== null && <p>{one.outcome}</p>}
        {one.doneAt === null && <Settle {...props} />}
      </div>
      <div class="case-item-stand">
        {one.doneAt === null ? (
          <Tag kind={one.dueOn <= today ? 'warn' : 'plain'}>
            {one.dueOn < today ? 'Quá hạn' : 'Hạn'} {formatDay(one.dueOn)}
          </Tag>
        ) : (
          <Tag kind="ok">Đã thực hiện</Tag>
        )}
        {one.doneBy && <p>{one.doneBy}</p>}
      </div>
    </li>
  )
}

function Settle({ one, refused, problems }: ItemProps) {
  const problem = refused === one.id ? problemAt(problems, 'outcome') : undefined
  const removes = one.kind === 'delete' || one.kind === 'withdraw'
  return (
    <details class="case-step" open={problem !== undefined}>
      <summary>Thực hiện</summary>
      <form class="case-form" method="post" action={links.rightsRequest(one.id)}>
        <LinesField
          name="outcome"
          id={`outcome-${one.id}`}
          label="Đã làm gì"
          hint="Từ 10 đến 1.000 ký tự."
          problem={problem}
          value=""
          rows={3}
        />
        {removes && <p class="field-hint">Xóa hẳn lời góp ý và số điện thoại của mã phiếu này; không lấy lại được.</p>}
        <button class="button small" type="submit" name="action" value={removes ? 'erase' : 'note'}>
          {removes ? 'Xóa và ghi kết quả' : 'Ghi kết quả'}
        </button>
      </form>
    </details>
  )
}
