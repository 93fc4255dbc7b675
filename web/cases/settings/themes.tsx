import type { Theme } from '../../../server/cases/contract.ts'
import { links } from '../../links.ts'
import { Tag } from '../../ui/tag.tsx'

const sectorNames = { administrative: 'Hành chính', health: 'Y tế', education: 'Giáo dục' } as const

/** The short list from which staff choose what a comment is about; a closed theme stays with what bears it. */
export const ThemeList = ({ themes }: { themes: Theme[] }) => (
  <section class="card" id="chu-de">
    <h2 class="case-part-title">Chủ đề</h2>
    {themes.length === 0 && <p class="case-part-note">Chưa có chủ đề nào.</p>}
    {groups.map(({ sector, title }) => (
      <ThemeGroup key={title} title={title} themes={themes.filter((theme) => theme.sector === sector)} />
    ))}
    <form class="case-add" method="post" action={links.caseThemes}>
      <input type="hidden" name="action" value="add" />
      <label>
        <span>Thêm chủ đề</span>
        <input type="text" name="name" maxLength={80} required />
      </label>
      <label>
        <span>Dùng cho</span>
        <select name="sector">
          <option value="">Mọi lĩnh vực</option>
          {Object.entries(sectorNames).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button class="button small" type="submit">
        Thêm
      </button>
    </form>
  </section>
)

const groups = [
  { sector: null, title: 'Mọi lĩnh vực' },
  { sector: 'administrative', title: sectorNames.administrative },
  { sector: 'health', title: sectorNames.health },
  { sector: 'education', title: sectorNames.education },
] as const

function ThemeGroup({ title, themes }: { title: string; themes: Theme[] }) {
  if (themes.length === 0) return null
  return (
    <>
      <h3 class="case-part-group">{title}</h3>
      <ul class="case-settings-list case-themes">
        {themes.map((theme) => (
          <ThemeItem key={theme.id} theme={theme} />
        ))}
      </ul>
    </>
  )
}

const ThemeItem = ({ theme }: { theme: Theme }) => (
  <li>
    <form class="case-rename" method="post" action={links.caseThemes}>
      <input type="hidden" name="id" value={theme.id} />
      <label>
        <span class="unseen">Tên chủ đề {theme.name}</span>
        <input type="text" name="name" value={theme.name} maxLength={80} required />
      </label>
      <button class="button small" type="submit" name="action" value="rename">
        Đổi tên
      </button>
      <button class="button small" type="submit" name="action" value={theme.open ? 'close' : 'open'}>
        {theme.open ? 'Ngừng dùng' : 'Dùng lại'}
      </button>
      {!theme.open && <Tag kind="warn">Đã ngừng</Tag>}
    </form>
  </li>
)
