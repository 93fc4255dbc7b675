import type { ComponentChild } from 'preact'
import type { Funnel, FunnelPeriod } from '../../server/places/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { ProblemSummary, untranslatedHint } from './form-parts.tsx'
import { PlaceFunnel } from './funnel.tsx'
import { type OldCode, PlacePoster } from './poster.tsx'

export type Problem = { path: string; message: string }

export type PlacePageProps = {
  place: {
    code: string
    nameVi: string
    nameEn: string
    nameKm: string
    open: boolean
    budgetPerHour: number | null
    defaultBudget: number
    agency: string
    questionnaire: string
  }
  problems: Problem[]
  /** What was typed, after a refusal; what is stored otherwise. */
  values?: Record<string, string>
  /** '1' after a change, 'new' where the place was just added. */
  saved: string | null
  mayChange: boolean
  /** The A4 sheet drawn by our own server, as an SVG element; null while the place is closed. */
  poster?: string | null
  address?: string
  funnel?: Funnel
  period?: FunnelPeriod
  /** Newest first. */
  oldCodes?: OldCode[]
  /** The true response rate, and what of tickets and devices this member may do here. */
  proofs?: ComponentChild
  shell: Shell
}

export function renderPlacePage(props: PlacePageProps, assets: StaffAssets): string {
  const { place, problems, saved, shell } = props
  const children = (
    <>
      <p class="back">
        <a href={links.places}>‹ Nơi phục vụ, mã QR</a>
      </p>
      <PageHead title={place.nameVi} lead={`${place.agency} · mã ${place.code} · bộ câu hỏi ${place.questionnaire}`} />
      <div class="column">
        {saved === '1' && problems.length === 0 && <Notice kind="done" title="Đã lưu" />}
        {saved === 'new' && problems.length === 0 && <Added place={place} />}
        <ProblemSummary problems={problems} />
        {props.mayChange ? <PlaceForm {...props} /> : <PlaceFacts place={place} />}
        {props.mayChange && (
          <p class="place-setup-link">
            <a class="button quiet" href={links.placeSetup(place.code)}>
              Đơn vị, bộ câu hỏi, lĩnh vực
            </a>{' '}
            <a class="button quiet" href={links.placeHours(place.code)}>
              Giờ làm việc, ngày nghỉ
            </a>
          </p>
        )}
      </div>
      {props.funnel && props.period && <PlaceFunnel code={place.code} funnel={props.funnel} period={props.period} />}
      {props.proofs}
      {props.oldCodes && (
        <PlacePoster
          place={place}
          address={props.address ?? ''}
          poster={props.poster ?? null}
          oldCodes={props.oldCodes}
          mayChange={props.mayChange}
        />
      )}
    </>
  )
  return renderStaffPage({ title: place.nameVi, shell, children }, assets)
}

/** What was done, and what is left to do before a citizen can answer. */
const Added = ({ place: { code, nameVi } }: Pick<PlacePageProps, 'place'>) => (
  <Notice kind="done" title={`Đã thêm nơi phục vụ “${nameVi}”, mã ${code}`}>
    <p>
      Nơi này nhận phiếu ngay. Việc tiếp theo: <a href={links.posters([code])}>in tờ dán mã QR</a> và dán tại chỗ.
    </p>
  </Notice>
)

/** For those who may read it only. */
const PlaceFacts = ({ place }: { place: PlacePageProps['place'] }) => (
  <dl class="card padded facts">
    <Fact name="Tên tiếng Anh" {...translated(place, place.nameEn, 'en')} />
    <Fact name="Tên tiếng Khmer" {...translated(place, place.nameKm, 'km')} />
    <Fact name="Nhận phiếu" value={place.open ? 'Đang mở' : 'Đã đóng'} />
    <Fact name="Số phiếu một giờ được tính ngay" value={formatInteger(place.budgetPerHour ?? place.defaultBudget)} />
  </dl>
)

/** A name that is the Vietnamese one was never translated. */
const translated = ({ nameVi }: PlacePageProps['place'], name: string, lang: string) =>
  name === nameVi ? { value: 'chưa dịch, người đọc thấy tên tiếng Việt' } : { value: name, lang }

const Fact = ({ name, value, lang }: { name: string; value: string; lang?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd lang={lang}>{value}</dd>
  </div>
)

function PlaceForm({ place, problems, values }: PlacePageProps) {
  const shownIn = (name: string, stored: string) => values?.[name] ?? stored
  const problemOf = (name: string) => problems.find(({ path }) => path === name)?.message
  const open = shownIn('status', place.open ? 'open' : 'closed') !== 'closed'
  return (
    <form class="card padded" method="post" action={links.place(place.code)}>
      <Field
        name="nameVi"
        label="Tên nơi phục vụ"
        hint="Tên người dân đọc thấy trên tờ dán và ở đầu phiếu."
        value={shownIn('nameVi', place.nameVi)}
        problem={problemOf('nameVi')}
        input={{ required: true, maxLength: 120 }}
      />
      <Field
        name="nameEn"
        label="Tên tiếng Anh"
        hint={untranslatedHint}
        value={shownIn('nameEn', place.nameEn === place.nameVi ? '' : place.nameEn)}
        problem={problemOf('nameEn')}
        input={{ maxLength: 120, lang: 'en' }}
      />
      <Field
        name="nameKm"
        label="Tên tiếng Khmer"
        hint={untranslatedHint}
        value={shownIn('nameKm', place.nameKm === place.nameVi ? '' : place.nameKm)}
        problem={problemOf('nameKm')}
        input={{ maxLength: 120, lang: 'km' }}
      />
      <StatusChoice open={open} problem={problemOf('status')} />
      <Field
        name="budgetPerHour"
        label="Số phiếu một giờ được tính ngay"
        hint={`Nhiều hơn số này thì phiếu vẫn được nhận nhưng để riêng để xem lại. Để trống: theo mức chung ${formatInteger(place.defaultBudget)} phiếu.`}
        value={shownIn('budgetPerHour', place.budgetPerHour === null ? '' : String(place.budgetPerHour))}
        problem={problemOf('budgetPerHour')}
        input={{ type: 'number', min: 1, max: 100000 }}
      />
      <button type="submit" class="button">
        Lưu
      </button>
    </form>
  )
}

function StatusChoice({ open, problem }: { open: boolean; problem: string | undefined }) {
  return (
    <fieldset class="field" id="status">
      <legend>Nhận phiếu</legend>
      {problem && <p class="field-problem">{problem}</p>}
      <label class="choice">
        <input type="radio" name="status" value="open" checked={open} /> Đang mở
      </label>
      <label class="choice">
        <input type="radio" name="status" value="closed" checked={!open} />
        <span>
          Đã đóng
          <small>Người quét mã cũ được báo là nơi này không còn nhận đánh giá. Phiếu đã có vẫn giữ nguyên.</small>
        </span>
      </label>
    </fieldset>
  )
}
