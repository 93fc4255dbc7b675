import type { Presence } from '../../server/communes/board-contract.ts'
import type { Commune, Issuer } from '../../server/communes/contract.ts'
import { boardLinks } from '../board-links.ts'
import { Field } from '../ui/field.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ProblemList } from '../ui/problem-fields.tsx'
import { SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { onPage } from './name-pages.ts'
import { formsKey, listSections } from './sections.ts'
import { presenceWords } from './words.ts'

type Refused = { problems?: { path: string; message: string }[]; values?: Record<string, string> }
export type ListPageProps = Refused & {
  listed: { commune: Commune; presence: Presence }[]
  issuer: Issuer | null
  shell: Shell
  section: string
}

/** Which communes the board follows, and who signs its synthesis. */
export function renderListPage(props: ListPageProps, assets: StaffAssets): string {
  const title = 'Các xã, phường'
  const { listed, shell, section, problems = [] } = props
  const sections = listSections(listed.map(({ commune }) => commune.name))
  const rows = onPage(listed, section)
  const followed = listed.filter(({ commune }) => commune.leftAt === null).length
  const children = (
    <>
      <PageHead title={title} lead={`Đang theo dõi ${followed} xã, phường. Bảng của tỉnh đọc mỗi xã mỗi giờ một lần.`}>
        <a class="button" href={`${sections.length > 1 ? boardLinks.communesPart(formsKey) : ''}#them-xa`}>
          Thêm xã
        </a>
      </PageHead>
      {problems.length > 0 && <ProblemList title="Chưa lưu được, xin sửa:" problems={problems} />}
      {sections.length > 1 && (
        <SectionRow sections={sections} current={section} hrefOf={boardLinks.communesPart} wholeLabel="Cả trang" />
      )}
      {rows.length > 0 && <Listed listed={rows} />}
      {(section === formsKey || section === wholePage) && <Forms {...props} />}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Forms = (props: ListPageProps) => (
  <div class="column">
    <form class="card padded" method="post" action={boardLinks.addCommune}>
      <h2 id="them-xa">Thêm xã, phường</h2>
      <CommuneFields {...props} />
      <button class="button" type="submit">
        Thêm và đọc ngay
      </button>
    </form>
    <PasteCard />
    <IssuerCard {...props} />
  </div>
)

export type ChangePageProps = Refused & { commune: Commune; shell: Shell }

/** Address and keys of one commune; following it no longer. */
export function renderChangePage(props: ChangePageProps, assets: StaffAssets): string {
  const { commune, shell, problems = [], values } = props
  const shown = values ?? { name: commune.name, address: commune.address, ledgerKey: commune.ledgerKey ?? '' }
  const isFollowed = commune.leftAt === null
  const children = (
    <>
      <p class="back">
        <a href={boardLinks.communes}>‹ Các xã, phường</a>
      </p>
      <PageHead title={commune.name} lead={`Mã ${commune.code}`} />
      <div class="column">
        {problems.length > 0 && <ProblemList title="Chưa lưu được, xin sửa:" problems={problems} />}
        <form class="card padded" method="post" action={boardLinks.changeCommune(commune.code)}>
          <CommuneFields problems={problems} values={shown} commune={commune} />
          <button class="button" type="submit">
            Lưu và đọc ngay
          </button>
        </form>
        <form class="card padded" method="post" action={boardLinks.followCommune(commune.code)}>
          <h2>{isFollowed ? 'Thôi theo dõi' : 'Theo dõi lại'}</h2>
          <p>
            {isFollowed
              ? 'Xã ra khỏi bảng; những gì đã đọc vẫn được giữ.'
              : 'Xã trở lại bảng với những gì đã đọc trước đây.'}
          </p>
          <input type="hidden" name="follow" value={isFollowed ? 'no' : 'yes'} />
          <button class="button quiet" type="submit">
            {isFollowed ? 'Thôi theo dõi xã này' : 'Theo dõi lại xã này'}
          </button>
        </form>
      </div>
    </>
  )
  return renderStaffPage({ title: commune.name, shell, children }, assets)
}

function CommuneFields({ problems, values, commune }: Refused & { commune?: Commune }) {
  const problemOf = (name: string) => problems?.find(({ path }) => path === name)?.message
  const field = (name: string) => ({ name, value: values?.[name] ?? '', problem: problemOf(name) })
  return (
    <>
      <Field
        {...field('name')}
        label="Tên xã, phường"
        hint="Ví dụ: xã Vĩnh Thuận"
        input={{ required: true, maxLength: 80 }}
      />
      {!commune && (
        <Field
          {...field('code')}
          label="Mã trong địa chỉ"
          hint="Chữ thường không dấu, ví dụ vinh-thuan; đặt rồi không đổi được."
          input={{ required: true, maxLength: 60, autocomplete: 'off', spellcheck: false }}
        />
      )}
      <Field
        {...field('address')}
        label="Địa chỉ máy chủ Ý Dân của xã"
        hint="Ví dụ https://ydan.vinhthuan.vn. Nên là https: khóa API đi qua địa chỉ này."
        input={{ required: true, maxLength: 200, autocomplete: 'off', spellcheck: false }}
      />
      <Field
        name="apiKey"
        value=""
        problem={problemOf('apiKey')}
        label="Khóa API của xã"
        hint={
          commune?.hasKey
            ? 'Để trống để giữ khóa đang có.'
            : 'Quản trị của xã tạo ở trang Khóa API, loại “Các chỉ tiêu”. Để trống: chỉ đọc dữ liệu mở.'
        }
        input={{ maxLength: 200, autocomplete: 'off', spellcheck: false }}
      />
      <Field
        {...field('ledgerKey')}
        label="Khóa sổ cái của xã"
        hint="Dòng đầu của /so-cai/khoa, do xã gửi bằng đường khác. Để trống: tin khóa thấy lần đầu."
        input={{ maxLength: 200, autocomplete: 'off', spellcheck: false }}
      />
    </>
  )
}

const tags = { new: 'plain', here: 'ok', trouble: 'warn', away: 'warn' } as const

const Listed = ({ listed }: Pick<ListPageProps, 'listed'>) => (
  <section class="card">
    <table class="listing">
      <thead>
        <tr>
          <th scope="col">Xã, phường</th>
          <th scope="col">Địa chỉ</th>
          <th scope="col">Tình trạng</th>
        </tr>
      </thead>
      <tbody>
        {listed.map(({ commune, presence }) => (
          <tr key={commune.code}>
            <th scope="row">
              <a href={boardLinks.changeCommune(commune.code)}>{commune.name}</a>
              <small>{commune.code}</small>
            </th>
            <td>
              {commune.address}
              <small>{commune.hasKey ? 'có khóa API' : 'chỉ dữ liệu mở'}</small>
            </td>
            <td>{commune.leftAt ? <Tag>Thôi theo dõi</Tag> : <PresenceCell presence={presence} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const shortPresence = { new: 'Chưa đọc', here: 'Đọc được', trouble: 'Đọc không đủ', away: 'Vắng' } as const

const PresenceCell = ({ presence }: { presence: Presence }) => (
  <>
    <Tag kind={tags[presence.state]}>{shortPresence[presence.state]}</Tag>
    {presence.state !== 'here' && presence.state !== 'new' && <small>{presenceWords(presence)}</small>}
  </>
)

const PasteCard = () => (
  <form class="card padded" method="post" action={boardLinks.pasteCommunes}>
    <h2>Thêm nhiều xã một lần</h2>
    <div class="field">
      <label for="lines">Danh sách, mỗi dòng một xã</label>
      <p class="field-hint" id="lines-hint">
        Chép từ bảng tính hoặc cách nhau bằng dấu chấm phẩy: tên; mã; địa chỉ; khóa API; khóa sổ cái. Hai cột cuối có
        thể trống. Một dòng sai thì chưa dòng nào được thêm.
      </p>
      <textarea id="lines" name="lines" rows={6} required spellcheck={false} aria-describedby="lines-hint" />
    </div>
    <button class="button quiet" type="submit">
      Thêm tất cả và đọc ngay
    </button>
  </form>
)

function IssuerCard({ issuer, problems, values }: ListPageProps) {
  const problemOf = (name: string) => problems?.find(({ path }) => path === name)?.message
  return (
    <form class="card padded" method="post" action={boardLinks.issuer}>
      <h2>Báo cáo tổng hợp năm</h2>
      <Field
        name="province"
        label="Tỉnh, thành phố"
        hint="Ví dụ: tỉnh An Giang"
        value={values?.province || issuer?.province || ''}
        problem={problemOf('province')}
        input={{ required: true, maxLength: 80 }}
      />
      <Field
        name="issuer"
        label="Đơn vị lập báo cáo"
        hint="Ví dụ: Sở Nội vụ"
        value={values?.issuer || issuer?.issuer || ''}
        problem={problemOf('issuer')}
        input={{ required: true, maxLength: 80 }}
      />
      <button class="button quiet" type="submit">
        Lưu
      </button>
    </form>
  )
}
