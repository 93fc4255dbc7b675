import type { LookLine } from '../../../server/review/patterns/contract.ts'
import { links } from '../../links.ts'
import { DayField } from '../../ui/day-field.tsx'
import { formatInteger } from '../../ui/format.ts'
import { formatMoment } from '../../ui/moment.ts'
import { daysInWords } from '../words.ts'

export type LookProps = {
  looks: LookLine[]
  /** Places that may be looked at; null for who may not ask. */
  look: {
    places: { code: string; name: string }[]
    typed: Record<string, string>
    problems: { path: string; message: string }[]
    /** The range offered where nothing was typed, and the last day that has closed. */
    from: string
    to: string
    longestDays: number
  } | null
}

/** Looking once more over closed days, and what came of it last time. */
export function LookAgain({ looks, look }: LookProps) {
  if (!look && looks.length === 0) return null
  return (
    <section class="card padded" id="nhin-lai" aria-labelledby="nhin-lai-ten">
      <h2 id="nhin-lai-ten">Nhìn lại các ngày đã khép</h2>
      {look && <LookForm look={look} />}
      <ul>
        {looks.map((line) => (
          <LookItem key={line.id} line={line} />
        ))}
      </ul>
    </section>
  )
}

function LookForm({
  look: { places, typed, problems, from, to, longestDays },
}: {
  look: NonNullable<LookProps['look']>
}) {
  const problemOf = (name: string) => problems.find(({ path }) => path === name)?.message
  return (
    <>
      <p class="aside-note">
        Mỗi đêm máy đã nhìn một lần. Nhìn lại khi có phiếu đến muộn, số lượt mới ghi, hoặc sau khi quyết định thay đổi;
        mỗi lần nhiều nhất {longestDays} ngày.
      </p>
      <form class="look-form" method="post" action={links.lookAgain}>
        <DayField
          name="tu"
          id="nhin-tu"
          label="Từ ngày"
          value={typed.tu ?? from}
          max={to}
          problem={problemOf('tu')}
          required
        />
        <DayField
          name="den"
          id="nhin-den"
          label="Đến ngày"
          value={typed.den ?? to}
          max={to}
          problem={problemOf('den')}
          required
        />
        <label>
          Nơi phục vụ
          <select class="pick" name="diem">
            <option value="">Mọi nơi được quyết định</option>
            {places.map(({ code, name }) => (
              <option key={code} value={code} selected={code === typed.diem}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button quiet">
          Nhìn lại
        </button>
      </form>
    </>
  )
}

const LookItem = ({ line: { from, to, place, askedBy, askedAt, found } }: { line: LookLine }) => (
  <li class="aside-note">
    {found === null
      ? 'Đang nhìn, kết quả hiện ở đây và ở danh sách trên khi mở lại trang'
      : found === 0
        ? 'Không thấy nhóm nào mới'
        : `Thấy ${formatInteger(found)} nhóm mới`}
    : {place ?? 'mọi nơi'}, {daysInWords(from, to)}; {askedBy} cho nhìn lúc {formatMoment(askedAt)}.
  </li>
)
