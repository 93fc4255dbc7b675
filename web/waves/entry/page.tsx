import type { ExtraQuestion, Factor } from '../../../server/catalogue/contract.ts'
import type { Problem } from '../../../server/problems.ts'
import { links } from '../../links.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { type Option, ProblemList } from '../../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../../ui/shell.tsx'
import { EntryLines, ExtraLines } from './lines.tsx'

export type EntryPageProps = {
  wave: { id: number; name: string }
  /** The response id of this form: sent twice, it is stored once. */
  id: string
  factors: Factor[]
  extra: ExtraQuestion[]
  channels: Option[]
  places: Option[]
  strata: Option[]
  /** Asked only where the place has several. */
  fields: Option[]
  asksServiceMode: boolean
  asksRespondent: boolean
  /** What is kept from the form before, or was typed before a refusal. */
  values: Record<string, string>
  problems: Problem[]
  done: { kind: 'stored' | 'known'; formNumber: string } | null
  typed: number
  shell: Shell
}

/** A paper or interview form, typed with the number keys; the next one opens as soon as one is stored. */
export function renderEntryPage(props: EntryPageProps, assets: StaffAssets): string {
  const { wave, done, problems, typed, shell } = props
  const children = (
    <>
      <p class="back">
        {shell.sections.includes('waves') ? (
          <a href={links.wave(wave.id)}>‹ {wave.name}</a>
        ) : (
          <a href={links.entries}>‹ Nhập phiếu</a>
        )}
      </p>
      <PageHead title="Nhập phiếu" lead={`Đã nhập ${typed} phiếu của đợt này.`} />
      {done && problems.length === 0 && <Done {...done} />}
      {problems.length > 0 && <ProblemList title="Chưa ghi phiếu này, xin xem lại:" problems={problems} />}
      <EntryForm {...props} />
    </>
  )
  return renderStaffPage({ title: `Nhập phiếu · ${wave.name}`, shell, islands: ['entry'], children }, assets)
}

const Done = ({ kind, formNumber }: { kind: 'stored' | 'known'; formNumber: string }) =>
  kind === 'stored' ? (
    <Notice kind="done" title={`Đã ghi phiếu ${formNumber}`} />
  ) : (
    <Notice kind="warning" title={`Phiếu ${formNumber} đã ghi từ trước; lần nhập đầu được giữ nguyên`} />
  )

function EntryForm(props: EntryPageProps) {
  const { wave, id, factors, extra, values, problems } = props
  const wrong = new Set(problems.map(({ path }) => path))
  return (
    <form class="card padded entry-form" method="post" action={links.enterForms(wave.id)} data-entry="">
      <input type="hidden" name="id" value={id} />
      <KeyHelp />
      <EntryHead {...props} />
      <EntryLines factors={factors} values={values} wrong={wrong} />
      {extra.length > 0 && <ExtraLines extra={extra} values={values} />}
      <AboutVisit {...props} />
      <fieldset class="entry-factor">
        <legend>Người trả lời</legend>
        <Line name="assisted" label="Tự trả lời hay có người giúp" options={helpers} value={values.assisted} />
      </fieldset>
      <label class="field entry-comment">
        Ý kiến ghi trên phiếu, nếu có (phím + để tới đây)
        <textarea name="comment" rows={2} maxLength={1000} data-comment="">
          {values.comment ?? ''}
        </textarea>
      </label>
      <p class="entry-end">
        <button type="submit" class="button" data-next="">
          Ghi phiếu
        </button>
        <span class="entry-status" role="status" data-status="" />
      </p>
    </form>
  )
}

export const KeyHelp = () => (
  <p class="entry-help" data-keys="" hidden>
    Một tay trên bàn phím số: <kbd>1</kbd>–<kbd>5</kbd> ghi rồi tự sang câu sau, <kbd>-</kbd> hoặc <kbd>Enter</kbd> là
    không trả lời, <kbd>⌫</kbd> quay lại câu trước, <kbd>Enter</kbd> ở cuối để ghi phiếu.
  </p>
)

function EntryHead({ channels, places, strata, values }: EntryPageProps) {
  return (
    <div class="entry-head">
      <label>
        Số phiếu
        <input
          type="text"
          name="formNumber"
          id="formNumber"
          value={values.formNumber ?? ''}
          required
          maxLength={16}
          autocomplete="off"
          data-next=""
          data-first=""
        />
      </label>
      <Pick name="channel" label="Cách thu" options={channels} value={values.channel} />
      {strata.length > 0 && (
        <Pick name="stratum" label="Địa bàn" options={strata} value={values.stratum} empty="Không rõ" />
      )}
      <Pick name="place" label="Nơi được đánh giá" options={places} value={values.place} />
    </div>
  )
}

type PickProps = { name: string; label: string; options: Option[]; value: string | undefined; empty?: string }

/** Nothing to choose is nothing to ask. */
function Pick({ name, label, options, value, empty }: PickProps) {
  const [only] = options
  if (options.length === 1 && empty === undefined) return <input type="hidden" name={name} value={only?.value} />
  return (
    <label>
      {label}
      <select name={name} id={name}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

const serviceModes: Option[] = [
  { value: 'direct', label: '1 · Tại quầy' },
  { value: 'online', label: '2 · Qua mạng' },
]
const respondents: Option[] = [
  { value: 'citizen', label: '1 · Người dân' },
  { value: 'enterprise', label: '2 · Doanh nghiệp, tổ chức' },
]

const helpers: Option[] = [
  { value: 'no', label: '1 · Tự trả lời' },
  { value: 'yes', label: '2 · Có người giúp đọc hoặc ghi' },
]

function AboutVisit({ fields, asksServiceMode, asksRespondent, values }: EntryPageProps) {
  if (fields.length === 0 && !asksServiceMode && !asksRespondent) return null
  return (
    <fieldset class="entry-factor">
      <legend>Việc đã làm</legend>
      {fields.length > 0 && <Line name="field" label="Lĩnh vực" options={fields} value={values.field} />}
      {asksServiceMode && (
        <Line name="serviceMode" label="Nộp hồ sơ" options={serviceModes} value={values.serviceMode} />
      )}
      {asksRespondent && <Line name="respondent" label="Làm cho" options={respondents} value={values.respondent} />}
    </fieldset>
  )
}

const Line = ({ name, label, options, value }: Omit<PickProps, 'empty'>) => (
  <label class="entry-line" for={name}>
    <b />
    <span>{label}</span>
    <select id={name} name={name} data-next="">
      <option value="">–</option>
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  </label>
)
