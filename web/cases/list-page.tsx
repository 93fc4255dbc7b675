import type { CaseTab } from '../../server/cases/contract.ts'
import type { CaseListView, Choice } from '../../server/cases/view-contract.ts'
import { type CaseLinkFilter, links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { CaseRow } from './item.tsx'
import { PraiseForm } from './praise.tsx'
import { kindSlugs, tabNames, tabSlugs } from './words.ts'

export type CasesPageProps = { view: CaseListView; shell: Shell }

/** Comments and dissatisfied answers, by where they stand. */
export function renderCasesPage({ view, shell }: CasesPageProps, assets: StaffAssets): string {
  const title = 'Ý kiến'
  const children = (
    <>
      <PageHead
        title={title}
        lead="Lời góp ý và phiếu chưa hài lòng, theo dõi đến khi có câu trả lời. Người dân xem trả lời bằng mã phiếu của mình."
      >
        <Doors view={view} />
      </PageHead>
      <Tabs view={view} />
      <Filters view={view} />
      {view.thanks?.sent && (
        <Notice kind="done" title={`Đã gửi lời cảm ơn đến ${formatInteger(view.thanks.sent)} người`} />
      )}
      {view.thanks?.may && view.items.length > 0 ? (
        <PraiseForm items={view.items} thanks={view.thanks} />
      ) : view.items.length > 0 ? (
        <ul class="card case-list">
          {view.items.map((item) => (
            <CaseRow key={item.id} item={item} />
          ))}
        </ul>
      ) : (
        <Empty view={view} />
      )}
      {view.next && (
        <p class="case-next">
          <a class="button quiet" href={linkTo(view, { after: view.next })}>
            Xem tiếp
          </a>
        </p>
      )}
      <p class="case-rule">
        Ý kiến trong ngày hiện khi ngày khép, để không ai đoán được người vừa gửi; ý kiến mà người gửi chọn báo ngay thì
        hiện liền. Số điện thoại, giấy tờ trong lời góp ý được che.
      </p>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Doors = ({ view: { doors } }: { view: CaseListView }) => (
  <p class="case-doors">
    {doors.improvements && (
      <a class="button quiet" href={links.improvements}>
        Ông/Bà nói, chúng tôi làm
      </a>
    )}
    {doors.templates && (
      <a class="button quiet" href={links.replyTemplates()}>
        Mẫu trả lời
      </a>
    )}
    {doors.rights && (
      <a class="button quiet" href={links.rightsRequests}>
        Yêu cầu về dữ liệu
      </a>
    )}
    {doors.settings && (
      <a class="button quiet" href={links.caseSettings()}>
        Quy tắc, chủ đề, ngày nghỉ
      </a>
    )}
  </p>
)

const filterOf = ({ filter }: CaseListView): CaseLinkFilter => filter
const linkTo = (view: CaseListView, more: CaseLinkFilter) =>
  links.cases({ ...filterOf(view), tab: tabSlugs[view.tab], ...more })

const Tabs = ({ view }: { view: CaseListView }) => (
  <nav class="segments case-tabs" aria-label="Tình trạng">
    {(Object.keys(tabNames) as CaseTab[]).map((tab) => (
      <a
        key={tab}
        href={linkTo(view, { tab: tabSlugs[tab] })}
        aria-current={tab === view.tab ? 'page' : undefined}
        class={tab === 'overdue' && view.counts.overdue > 0 ? 'case-tab-late' : undefined}
      >
        {tabNames[tab]} <b>{formatInteger(view.counts[tab])}</b>
      </a>
    ))}
  </nav>
)

const kinds: Choice[] = [
  { value: kindSlugs.comment, label: 'Có lời góp ý' },
  { value: kindSlugs.praise, label: 'Lời khen' },
  { value: kindSlugs.dissatisfied, label: 'Chỉ chấm chưa hài lòng' },
]

const Filters = ({ view }: { view: CaseListView }) => (
  <form class="case-filters" method="get" action={links.cases()}>
    <input type="hidden" name="muc" value={tabSlugs[view.tab]} />
    <Select name="diem" label="Nơi phục vụ" all="Mọi nơi" value={view.filter.place} options={view.places} />
    <Select name="chu-de" label="Chủ đề" all="Mọi chủ đề" value={view.filter.theme} options={view.themes} />
    <Select name="loai" label="Loại" all="Mọi loại" value={view.filter.kind} options={kinds} />
    {view.doors.mine && (
      <label class="choice">
        <input type="checkbox" name="cua-toi" value="1" checked={view.filter.mine === '1'} />
        <span>Tôi đang xử lý</span>
      </label>
    )}
    <button class="button small" type="submit">
      Lọc
    </button>
  </form>
)

type SelectProps = { name: string; label: string; all: string; value: string; options: Choice[] }

const Select = ({ name, label, all, value, options }: SelectProps) => (
  <label class="case-filter">
    <span>{label}</span>
    <select name={name}>
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  </label>
)

const emptyWords: Record<CaseTab, string> = {
  new: 'Không có ý kiến mới.',
  assigned: 'Không có ý kiến nào đang xử lý.',
  overdue: 'Không có ý kiến nào quá hạn.',
  praise: 'Không có lời khen nào chờ cảm ơn.',
  answered: 'Chưa có ý kiến nào đã trả lời.',
  closed: 'Chưa có ý kiến nào đã khép.',
}

function Empty({ view }: { view: CaseListView }) {
  const isFiltered = Object.values(view.filter).some(Boolean)
  return (
    <section class="card padded">
      <p class="lead">{isFiltered ? 'Không có ý kiến nào khớp với bộ lọc.' : emptyWords[view.tab]}</p>
      {isFiltered && (
        <p>
          <a href={links.cases({ tab: tabSlugs[view.tab] })}>Bỏ bộ lọc</a>
        </p>
      )}
    </section>
  )
}
