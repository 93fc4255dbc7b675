import type { IndicatorVersion } from '../../server/indicators/detail/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ProblemList } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { ChannelChoice, FieldChoice, FormulaChoice } from './change-choices.tsx'
import { IndicatorHistory } from './history.tsx'

export type ChangePageProps = {
  code: string
  current: IndicatorVersion
  versions: IndicatorVersion[]
  fields: { code: string; name: string }[]
  problems: { path: string; message: string }[]
  /** Somebody else saved a version in the meantime. */
  overtaken: boolean
  /** What was typed, after a refusal. */
  values?: Record<string, unknown>
  shell: Shell
}

export function renderIndicatorChangePage(props: ChangePageProps, assets: StaffAssets): string {
  const { code, current, versions, fields, problems, overtaken, shell } = props
  const title = `Sửa chỉ tiêu ${code}`
  const failed = problems.length > 0 || overtaken
  const fieldNames = Object.fromEntries(fields.map((field) => [field.code, field.name]))
  const children = (
    <>
      <p class="back">
        <a href={links.indicator(code)}>
          ‹ {code} · {current.title}
        </a>
      </p>
      <PageHead
        title={title}
        lead="Mỗi lần sửa thành một phiên bản mới, kèm lý do; mọi con số đều ghi nó theo phiên bản nào. Phiếu đã thu giữ nguyên."
      />
      <div class="column">
        {overtaken && <Overtaken current={current} />}
        {problems.length > 0 && <ProblemList title="Chưa lưu được, xin sửa:" problems={problems} />}
        <ChangeForm {...props} />
        <section class="card padded" aria-labelledby="lich-su">
          <h2 id="lich-su">Các phiên bản</h2>
          <IndicatorHistory versions={versions} fieldNames={fieldNames} />
        </section>
      </div>
    </>
  )
  return renderStaffPage({ title: failed ? `Cần sửa: ${title}` : title, shell, children }, assets)
}

const Overtaken = ({ current }: { current: IndicatorVersion }) => (
  <Notice kind="problem" title="Chưa lưu: trong lúc Ông/Bà sửa, đã có người lưu phiên bản khác">
    <p>
      {current.changedBy} vừa lưu phiên bản {current.version} với lý do “{current.reason}”. Xin xem phiên bản đó ở cuối
      trang; điều Ông/Bà đã nhập còn nguyên dưới đây, nếu vẫn muốn thì bấm lưu lần nữa.
    </p>
  </Notice>
)

function ChangeForm({ code, current, fields, problems, values }: ChangePageProps) {
  const typed = (name: string, stored: string) => {
    const value = values?.[name]
    return typeof value === 'string' ? value : stored
  }
  const listed = (name: string, stored: readonly string[]) =>
    values ? ([values[name] ?? []].flat() as string[]) : [...stored]
  const problemOf = (name: string) => problems.find(({ path }) => path === name)?.message
  const { definition } = current
  const number = String(current.target).replace('.', ',')
  return (
    <form class="card padded" method="post" action={links.changeIndicator(code)}>
      <input type="hidden" name="basedOn" value={current.version} />
      <Field
        name="title"
        label="Tên chỉ tiêu"
        hint="Ghi đúng như trong kế hoạch."
        value={typed('title', current.title)}
        problem={problemOf('title')}
        input={{ required: true, maxLength: 200 }}
      />
      <Field
        name="target"
        label="Chỉ tiêu phải đạt, phần trăm"
        value={typed('target', number)}
        problem={problemOf('target')}
        input={{ required: true, maxLength: 6 }}
      />
      <Field
        name="period"
        label="Kỳ"
        hint="Năm hoặc khoảng năm của kế hoạch, ví dụ 2028-2030 hoặc đến 2030."
        value={typed('period', current.period)}
        problem={problemOf('period')}
        input={{ required: true, maxLength: 60 }}
      />
      <FormulaChoice chosen={typed('formula', definition.formula)} problem={problemOf('formula')} />
      <ChannelChoice
        all={typed('allChannels', definition.channels ? 'no' : 'yes') !== 'no'}
        chosen={listed('channels', definition.channels ?? [])}
        problem={problemOf('channels') ?? problemOf('allChannels')}
      />
      {definition.fields && (
        <FieldChoice fields={fields} chosen={listed('fields', definition.fields)} problem={problemOf('fields')} />
      )}
      <Field
        name="spreadDays"
        label="Kết luận cần phiếu của ít nhất bao nhiêu ngày"
        hint="Ít nhất 10. Có thể đòi nhiều hơn, không ít hơn."
        value={typed('spreadDays', String(definition.spread?.days ?? 10))}
        problem={problemOf('spreadDays')}
        input={{ type: 'number', required: true, min: 10, max: 366 }}
      />
      <Field
        name="largestShare"
        label="Một ngày được chiếm nhiều nhất bao nhiêu phần trăm trọng số"
        hint="Nhiều nhất 20. Có thể đòi ít hơn, không nhiều hơn."
        value={typed('largestShare', String(Math.round(100 * (definition.spread?.largestShare ?? 0.2))))}
        problem={problemOf('largestShare')}
        input={{ type: 'number', required: true, min: 1, max: 20 }}
      />
      <Field
        name="reason"
        label="Lý do sửa"
        hint="Ai cũng đọc được ở trang Phương pháp, ví dụ: theo Kế hoạch số mấy, ngày nào."
        value={typed('reason', '')}
        problem={problemOf('reason')}
        input={{ required: true, maxLength: 500 }}
      />
      <button type="submit" class="button">
        Lưu thành phiên bản {current.version + 1}
      </button>
    </form>
  )
}
