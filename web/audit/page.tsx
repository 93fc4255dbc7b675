import type { ComponentChildren } from 'preact'
import type { AuditChange, AuditFilter, AuditRow } from '../../server/staff/contract.ts'
import { links } from '../links.ts'
import { DayField } from '../ui/day-field.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { momentInWords } from './moment.ts'
import { actionInWords, auditGroups, fieldInWords, type Names, subjectInWords, valueInWords } from './words.ts'

export type AuditPageProps = {
  rows: AuditRow[]
  filter: AuditFilter
  actors: string[]
  names: Names
  /** The last line shown, when older ones follow. */
  olderThan: number | null
  isFirstPage: boolean
  /** Days that could not be read; the filter then holds what was typed. */
  problems?: { path: string; message: string }[]
  /** The running day. */
  today: string
  ledgerNotice: ComponentChildren
  shell: Shell
}

/** Who did what to what, newest first. */
export function renderAuditPage(props: AuditPageProps, assets: StaffAssets): string {
  const { rows, filter, names, shell } = props
  const title = 'Nhật ký'
  const children = (
    <>
      <PageHead
        title={title}
        lead="Ai đã làm gì, lúc nào. Nhật ký không sửa, không xóa được và không chứa nội dung phiếu của người dân."
      />
      {props.ledgerNotice}
      <FilterForm {...props} />
      {props.problems ? null : rows.length > 0 ? (
        <section class="card audit" aria-label="Các việc, mới nhất ở trên">
          <ol>
            {rows.map((row) => (
              <Line key={row.id} row={row} names={names} today={props.today} />
            ))}
          </ol>
        </section>
      ) : (
        <section class="card padded">
          <h2>{hasFilter(filter) ? 'Không có việc nào khớp' : 'Chưa có việc nào'}</h2>
          <p>{hasFilter(filter) ? 'Xin bỏ bớt điều kiện lọc rồi tìm lại.' : 'Mỗi thay đổi sẽ hiện ở đây.'}</p>
        </section>
      )}
      {!props.problems && <Steps {...props} />}
    </>
  )
  return renderStaffPage({ title, shell, islands: ['day'], children }, assets)
}

const hasFilter = (filter: AuditFilter): boolean => Object.values(filter).some(Boolean)

/** The filter as its address carries it. */
const queryOf = ({ actor, group, subject, from, to }: AuditFilter) => ({
  ...(actor && { nguoi: actor }),
  ...(group && { nhom: group }),
  ...(subject && { tim: subject }),
  ...(from && { tu: from }),
  ...(to && { den: to }),
})

const problemOf = (problems: AuditPageProps['problems'], name: string) =>
  problems?.find(({ path }) => path === name)?.message

const FilterForm = ({ filter, actors, problems }: AuditPageProps) => (
  <form class="card audit-filter" method="get" action={links.audit()}>
    <p>
      <label for="nguoi">Người làm</label>
      <input type="text" id="nguoi" name="nguoi" list="nguoi-co" maxLength={100} value={filter.actor ?? ''} />
      <datalist id="nguoi-co">
        {actors.map((actor) => (
          <option key={actor} value={actor} />
        ))}
      </datalist>
    </p>
    <p>
      <label for="nhom">Phần</label>
      <select id="nhom" name="nhom">
        <option value="">Tất cả</option>
        {Object.entries(auditGroups).map(([group, words]) => (
          <option key={group} value={group} selected={filter.group === group}>
            {words}
          </option>
        ))}
      </select>
    </p>
    <p>
      <label for="tim">Đối tượng</label>
      <input type="text" id="tim" name="tim" maxLength={100} value={filter.subject ?? ''} placeholder="mã, số đợt…" />
    </p>
    <DayField name="tu" label="Từ ngày" value={filter.from ?? ''} problem={problemOf(problems, 'tu')} />
    <DayField name="den" label="Đến ngày" value={filter.to ?? ''} problem={problemOf(problems, 'den')} />
    <p class="audit-filter-do">
      <button type="submit" class="button">
        Lọc
      </button>
      {hasFilter(filter) && <a href={links.audit()}>Bỏ lọc</a>}
      <a href={links.auditFile(queryOf(filter))}>Tải về tệp CSV</a>
    </p>
  </form>
)

function Line({ row, names, today }: { row: AuditRow; names: Names; today: string }) {
  const { words, href } = subjectInWords(row.action, row.subject, names)
  return (
    <li class="audit-line">
      <div class="audit-when">
        <time>{momentInWords(row, today)}</time>
        <span class="audit-who">{row.actor}</span>
      </div>
      <div class="audit-what">
        <h2>
          {actionInWords(row.action)} · {href ? <a href={href}>{words}</a> : words}
        </h2>
        <Change change={row.change} names={names} />
      </div>
    </li>
  )
}

function Change({ change: { before, after }, names }: { change: AuditChange; names: Names }) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (fields.length === 0) return null
  return (
    <dl class="audit-change">
      {fields.map((field) => (
        <div key={field}>
          <dt>{fieldInWords(field, names)}</dt>
          <dd>
            <Values field={field} names={names} before={before} after={after} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Values({ field, names, before, after }: AuditChange & { field: string; names: Names }) {
  const was = before && field in before ? valueInWords(field, before[field], names) : null
  const is = after && field in after ? valueInWords(field, after[field], names) : null
  if (was === null) return <>{is}</>
  if (is === null) return <del>{was}</del>
  return (
    <>
      {before?.[field] === null ? was : <del>{was}</del>} <span aria-hidden="true">→</span> <ins>{is}</ins>
    </>
  )
}

const Steps = ({ filter, olderThan, isFirstPage }: AuditPageProps) => (
  <nav class="audit-steps" aria-label="Các trang nhật ký">
    {!isFirstPage && <a href={links.audit(queryOf(filter))}>« Về mới nhất</a>}
    {olderThan !== null && <a href={links.audit({ ...queryOf(filter), truoc: String(olderThan) })}>Cũ hơn ›</a>}
  </nav>
)
