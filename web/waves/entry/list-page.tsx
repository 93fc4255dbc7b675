import { links } from '../../links.ts'
import { formatDay } from '../../ui/format.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../../ui/shell.tsx'

export type EntryListPageProps = {
  waves: { id: number; name: string; ownerName: string; opensOn: string; closesOn: string }[]
  shell: Shell
}

/** Where an interviewer begins: the waves that take forms today, no results. */
export function renderEntryListPage({ waves, shell }: EntryListPageProps, assets: StaffAssets): string {
  const title = 'Nhập phiếu'
  const children = (
    <>
      <PageHead title={title} lead="Chọn đợt khảo sát đang chạy để nhập phiếu giấy hoặc phiếu phỏng vấn." />
      {waves.length > 0 ? (
        <section class="card wave-group">
          <h2>Đang nhận phiếu</h2>
          <ul>
            {waves.map((wave) => (
              <EntryWave key={wave.id} wave={wave} />
            ))}
          </ul>
        </section>
      ) : (
        <section class="card empty-day">
          <h2>Chưa có đợt nào nhận phiếu</h2>
          <p class="lead">
            Khi một đợt khảo sát có phiếu giấy hoặc phỏng vấn bắt đầu, đợt ấy hiện ở đây để Ông/Bà nhập phiếu.
          </p>
        </section>
      )}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const EntryWave = ({ wave }: { wave: EntryListPageProps['waves'][number] }) => (
  <li class="wave-item">
    <div>
      <h3>{wave.name}</h3>
      <p>
        {wave.ownerName} · {formatDay(wave.opensOn)} – {formatDay(wave.closesOn)}
      </p>
    </div>
    <p class="wave-doors">
      <a class="button" href={links.enterForms(wave.id)} aria-label={`Nhập phiếu: ${wave.name}`}>
        Nhập phiếu
      </a>
      <a class="button quiet" href={links.checkForms(wave.id)} aria-label={`Nhập kiểm tra: ${wave.name}`}>
        Nhập kiểm tra
      </a>
    </p>
  </li>
)
