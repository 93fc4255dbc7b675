import {
  type BatchKind,
  type BatchRow,
  mostAtOnce,
  type TicketRate,
  type TypedBatch,
} from '../../server/tickets/contract.ts'
import { links } from '../links.ts'
import { Choices, type Problem, ProblemSummary } from '../places/form-parts.tsx'
import { Field } from '../ui/field.tsx'
import { formatDay, formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { problemAt } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { FieldPick, RateSentence } from './tickets-page.tsx'

export type PlaceTicketsProps = {
  place: { code: string; name: string; agency: string; open: boolean }
  fields: { code: string; name: string }[]
  batches: BatchRow[]
  rate: TicketRate
  days: number
  problems: Problem[]
  typed: TypedBatch
  mayEnrol: boolean
  shell: Shell
}

const kindNames: Record<BatchKind, string> = {
  sheet: 'Tờ phiếu in',
  single: 'Phát từng phiếu',
  message: 'Tệp liên kết',
  program: 'Phần mềm phát',
}

/** Many tickets of one place at once, and what became of those before. */
export function renderPlaceTicketsPage(props: PlaceTicketsProps, assets: StaffAssets): string {
  const { place, batches, rate, problems, mayEnrol, shell } = props
  const title = `Phiếu một lần: ${place.name}`
  const children = (
    <>
      <p class="back">
        <a href={links.tickets}>‹ Phiếu một lần</a>
      </p>
      <PageHead title={title} lead={place.agency} />
      <div class="column">
        <ProblemSummary problems={problems} />
        <RateSentence rate={rate} />
        {place.open ? (
          <BatchForm {...props} />
        ) : (
          <Notice kind="warning" title="Nơi phục vụ đã đóng, không phát phiếu" />
        )}
      </div>
      <section class="card padded">
        <h2>Các đợt đã phát</h2>
        {batches.length === 0 ? <p>Chưa phát phiếu nào.</p> : <BatchTable code={place.code} batches={batches} />}
        <p class="field-hint">
          Số đã trả lời chỉ tính đến hết hôm qua. Thu hồi một đợt thì các phiếu chưa dùng không mở được nữa và không
          tính là đã phát; phiếu đã trả lời giữ nguyên.
        </p>
      </section>
      {mayEnrol && (
        <p>
          <a href={links.placeDevices(place.code)}>Máy tính bảng, màn hình đặt tại chỗ</a>
        </p>
      )}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const BatchForm = ({ place, fields, problems, typed, days }: PlaceTicketsProps) => (
  <form class="card padded" method="post" action={links.makeTickets(place.code)}>
    <h2>Lập nhiều phiếu</h2>
    <Field
      name="count"
      label="Số phiếu"
      hint={`Từ 1 đến ${mostAtOnce}. Mỗi tờ A4 có 10 phiếu. Dùng được ${days} ngày.`}
      value={typed.count}
      problem={problemAt(problems, 'count')}
      input={{ type: 'number', min: 1, max: mostAtOnce, required: true }}
    />
    <FieldPick id="field" fields={fields} chosen={typed.field} />
    <Choices
      name="format"
      legend="Lập thành"
      problem={problemAt(problems, 'format')}
      chosen={typed.format}
      choices={[
        { value: 'a4', label: 'Tờ A4 để cắt' },
        { value: '80', label: 'Giấy cuộn 80 mm' },
        { value: '58', label: 'Giấy cuộn 58 mm' },
        { value: 'csv', label: 'Tệp liên kết (CSV)', hint: 'Để gửi tin nhắn cho người làm hồ sơ trực tuyến.' },
      ]}
    />
    <p class="field-hint">Mã chỉ có trong tệp tải về lần này: máy chủ không giữ lại để in lần hai.</p>
    <button class="button" type="submit">
      Lập phiếu
    </button>
  </form>
)

const BatchTable = ({ code, batches }: { code: string; batches: BatchRow[] }) => (
  <table class="listing ticket-batches">
    <thead>
      <tr>
        <th scope="col">Đợt</th>
        <th scope="col" class="number">
          Đã phát
        </th>
        <th scope="col" class="number">
          Đã trả lời
        </th>
        <th scope="col">Dùng đến hết</th>
        <th scope="col">Thu hồi</th>
      </tr>
    </thead>
    <tbody>
      {batches.map((batch) => (
        <tr key={batch.id}>
          <th scope="row">
            {kindNames[batch.kind]}, số {batch.id}
            <small>
              {formatDay(batch.day)} · {batch.madeBy}
              {batch.field && ` · ${batch.field}`}
            </small>
          </th>
          <td class="number">{formatInteger(batch.count)}</td>
          <td class="number">{formatInteger(batch.used)}</td>
          <td>{batch.revokedOn ? `thu hồi ${formatDay(batch.revokedOn)}` : formatDay(batch.expiresOn)}</td>
          <td>
            {!batch.revokedOn && (
              <form method="post" action={links.revokeTickets(code, batch.id)}>
                <button class="button small" type="submit" aria-label={`Thu hồi đợt số ${batch.id}`}>
                  Thu hồi
                </button>
              </form>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
