import type { Factor } from '../../../server/catalogue/contract.ts'
import type { CheckResult } from '../../../server/catalogue/wave-snapshot-contract.ts'
import type { Problem } from '../../../server/problems.ts'
import { links } from '../../links.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { ProblemList } from '../../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../../ui/shell.tsx'
import { ErrorRate } from '../results.tsx'
import { EntryLines } from './lines.tsx'
import { KeyHelp } from './page.tsx'

export type CheckedForm = {
  formNumber: string
  firstBy: string
  secondBy: string
  differences: { official: string; text: string; first: string; second: string }[]
}

export type CheckPageProps = {
  wave: { id: number; name: string }
  factors: Factor[]
  /** The form to take from the pile; null when none waits. */
  form: { formNumber: string; firstBy: string; bySelf: boolean } | null
  waiting: number
  values: Record<string, string>
  problems: Problem[]
  /** The form just typed a second time. */
  checked: CheckedForm | null
  /** Every form that differs somewhere. */
  differing: CheckedForm[]
  check: CheckResult
  shell: Shell
}

/** The second typing of one form in ten: what differs is counted, the first typing stands. */
export function renderCheckPage(props: CheckPageProps, assets: StaffAssets): string {
  const { wave, form, waiting, checked, differing, check, problems, shell } = props
  const children = (
    <>
      <p class="back">
        {shell.sections.includes('waves') ? (
          <a href={links.wave(wave.id)}>‹ {wave.name}</a>
        ) : (
          <a href={links.entries}>‹ Nhập phiếu</a>
        )}
      </p>
      <PageHead
        title="Nhập kiểm tra"
        lead="Cứ khoảng mười phiếu thì một phiếu được nhập lại, tốt nhất do người khác. Lần nhập đầu vẫn giữ nguyên."
      />
      {checked && problems.length === 0 && <Checked form={checked} />}
      {problems.length > 0 && <ProblemList title="Chưa ghi được, xin xem lại:" problems={problems} />}
      {form ? <CheckForm {...props} form={form} waiting={waiting} /> : <NothingWaits />}
      <section class="card padded">
        <h2>Tỷ lệ gõ sai</h2>
        <p class="wave-note">
          <ErrorRate check={check} />
        </p>
        {differing.map((one) => (
          <Differences key={one.formNumber} form={one} />
        ))}
      </section>
    </>
  )
  return renderStaffPage({ title: `Nhập kiểm tra · ${wave.name}`, shell, islands: ['entry'], children }, assets)
}

const NothingWaits = () => (
  <section class="card padded">
    <h2>Không có phiếu nào chờ nhập lần hai</h2>
    <p class="wave-note">Phiếu được rút theo số phiếu; nhập thêm phiếu rồi quay lại đây.</p>
  </section>
)

function Checked({ form }: { form: CheckedForm }) {
  const count = form.differences.length
  if (count === 0) return <Notice kind="done" title={`Phiếu ${form.formNumber}: hai lần nhập giống nhau`} />
  return (
    <Notice kind="warning" title={`Phiếu ${form.formNumber}: khác ${count} ô; lần nhập đầu được giữ`}>
      <Differences form={form} />
    </Notice>
  )
}

const Differences = ({ form }: { form: CheckedForm }) => (
  <div class="entry-differences">
    <p>
      Phiếu {form.formNumber} ({form.firstBy}, {form.secondBy})
    </p>
    <ul>
      {form.differences.map(({ official, text, first, second }) => (
        <li key={official}>
          {official}. {text}: lần đầu {markInWords(first)}, lần hai {markInWords(second)}
        </li>
      ))}
    </ul>
  </div>
)

const markInWords = (mark: string) => (mark === '-' ? 'bỏ trống' : mark)

type CheckFormProps = CheckPageProps & { form: NonNullable<CheckPageProps['form']> }

function CheckForm({ wave, factors, form, waiting, values, problems }: CheckFormProps) {
  return (
    <form class="card padded entry-form" method="post" action={links.checkForms(wave.id)} data-entry="">
      <input type="hidden" name="formNumber" value={form.formNumber} />
      <h2>
        Lấy phiếu số {form.formNumber}, gõ lại {waiting > 1 && <small>(còn {waiting} phiếu)</small>}
      </h2>
      <p class="wave-note">
        Người nhập lần đầu: {form.firstBy}
        {form.bySelf && '. Nếu được, xin để người khác nhập lại phiếu này'}.
      </p>
      <KeyHelp />
      <EntryLines factors={factors} values={values} wrong={new Set(problems.map(({ path }) => path))} />
      <p class="entry-end">
        <button type="submit" class="button" data-next="">
          So hai lần nhập
        </button>
        <span class="entry-status" role="status" data-status="" />
      </p>
    </form>
  )
}
