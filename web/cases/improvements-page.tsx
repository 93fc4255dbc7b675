import type { ImprovementsView } from '../../server/cases/view-contract.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'

export type ImprovementsPageProps = { view: ImprovementsView; shell: Shell }

type Entry = ImprovementsView['entries'][number]

/** What came of citizens' opinions, in the agency's own words; published ones stand on the wall's screen. */
export function renderImprovementsPage({ view, shell }: ImprovementsPageProps, assets: StaffAssets): string {
  const title = 'Ông/Bà nói, chúng tôi làm'
  const children = (
    <>
      <p class="back">
        <a href={links.cases()}>‹ Ý kiến</a>
      </p>
      <PageHead
        title={title}
        lead="Việc đã làm sau khi nghe người dân. Mục đã công bố hiện trên màn hình của đơn vị và trang kết quả công khai."
      >
        {view.mayAdd && view.entries.length > 0 && <NewLink />}
      </PageHead>
      {view.entries.length === 0 ? <First mayAdd={view.mayAdd} /> : <List entries={view.entries} />}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const NewLink = () => (
  <p class="case-doors">
    <a class="button" href={links.newImprovement()}>
      Thêm mục
    </a>
  </p>
)

const First = ({ mayAdd }: { mayAdd: boolean }) => (
  <section class="card padded">
    <h2>Chưa có mục nào</h2>
    <p class="lead">
      Khi một việc đã được sửa nhờ góp ý, hãy cho mọi người biết: người dân nói gì, đơn vị đã làm gì. Mỗi mục dựa trên
      những ý kiến đã trả lời và viết bằng lời của đơn vị.
    </p>
    {mayAdd && <NewLink />}
  </section>
)

const List = ({ entries }: { entries: Entry[] }) => (
  <ul class="card case-list">
    {entries.map((entry) => (
      <li class="case-item" key={entry.id}>
        <div class="case-item-said">
          <p class="improvement-said">
            <small>Ông/Bà nói</small> {entry.said}
          </p>
          <p class="improvement-did">
            <small>Chúng tôi làm</small> {entry.did}
          </p>
          <p class="case-item-where">
            {entry.agency} · từ {entry.cases} ý kiến
            {entry.publishedOn && <> · công bố {formatDay(entry.publishedOn)}</>}
          </p>
        </div>
        <div class="case-item-stand">
          <Tag kind={entry.state === 'published' ? 'ok' : 'plain'}>{stateNames[entry.state]}</Tag>
          {entry.mayPublish && <Move entry={entry} />}
        </div>
      </li>
    ))}
  </ul>
)

const stateNames: Record<Entry['state'], string> = {
  draft: 'Bản thảo',
  published: 'Đã công bố',
  withdrawn: 'Đã gỡ',
}

const Move = ({ entry }: { entry: Entry }) => (
  <form method="post" action={links.improvement(entry.id)}>
    <button
      class="button small"
      type="submit"
      name="action"
      value={entry.state === 'published' ? 'withdraw' : 'publish'}
    >
      {entry.state === 'published' ? 'Gỡ xuống' : 'Công bố'}
    </button>
  </form>
)
