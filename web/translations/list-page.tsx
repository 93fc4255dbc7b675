import type { PartKind, PartProgress } from '../../server/translations/contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'

export type TranslationsProps = { progress: PartProgress[]; problems: string[]; imported: boolean; shell: Shell }

/** How far the Khmer is, part by part, and the way of the spreadsheet. */
export function renderTranslations({ progress, problems, imported, shell }: TranslationsProps, assets: StaffAssets) {
  const title = 'Bản tiếng Khmer'
  const children = (
    <>
      <p class="back">
        <a href={links.questionnaires}>‹ Bộ câu hỏi</a>
      </p>
      <PageHead title={title} lead="Mọi câu người dân đọc bằng tiếng Khmer, đặt cạnh tiếng Việt và tiếng Anh." />
      {imported && <Notice kind="done" title="Đã nạp tệp: mọi dòng đã được lưu" />}
      {problems.length > 0 && <FileProblems problems={problems} />}
      <Progress progress={progress} />
      <ByFile />
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const shownProblems = 30

const FileProblems = ({ problems }: { problems: string[] }) => (
  <Notice kind="problem" title="Chưa lưu gì từ tệp này">
    <ul>
      {problems.slice(0, shownProblems).map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
    {problems.length > shownProblems && <p>Và {formatInteger(problems.length - shownProblems)} dòng nữa.</p>}
  </Notice>
)

const kinds: [PartKind, string][] = [
  ['questionnaire', 'Bộ câu hỏi'],
  ['words', 'Các trang của người dân'],
  ['names', 'Tên gọi'],
]

function Progress({ progress }: { progress: PartProgress[] }) {
  return (
    <section class="card">
      <table class="listing translations">
        <caption class="unseen">Các phần và số câu đã duyệt</caption>
        <thead>
          <tr>
            <th scope="col">Phần</th>
            <th scope="col">Đã duyệt</th>
            <th scope="col">Việc tiếp theo</th>
          </tr>
        </thead>
        {kinds.map(([kind, name]) => (
          <tbody key={kind}>
            <tr class="translations-kind">
              <th scope="rowgroup" colSpan={3}>
                {name}
              </th>
            </tr>
            {progress
              .filter((part) => part.kind === kind)
              .map((part) => (
                <PartRow key={part.code} part={part} />
              ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

const PartRow = ({ part: { code, title, reviewed, total, draft } }: { part: PartProgress }) => (
  <tr>
    <th scope="row">
      <a href={links.translationPart(code)}>{title}</a>
    </th>
    <td>
      {formatInteger(reviewed)} trên {formatInteger(total)} câu{' '}
      {reviewed === total && total > 0 && <Tag kind="ok">Đã duyệt hết</Tag>}
    </td>
    <td>
      {reviewed < total && (
        <a href={links.translationPart(code, { loc: 'chua-duyet' })} aria-label={`Các câu chưa duyệt: ${title}`}>
          Các câu chưa duyệt
        </a>
      )}
      {draft && (
        <>
          {' '}
          <a href={links.questionnaire(draft.code, draft.version)}>Bản thảo {draft.version} chờ ban hành</a>
        </>
      )}
    </td>
  </tr>
)

const ByFile = () => (
  <section class="card padded translations-file">
    <h2>Làm bằng tệp Excel</h2>
    <p>
      Người dịch không cần tài khoản: <a href={links.translationFile}>tải tệp tieng-khmer.xlsx</a>, sửa cột “Tiếng
      Khmer”, ghi x vào cột “Đã duyệt”, rồi nạp lại ở đây. Một dòng chưa đúng thì cả tệp chưa được lưu.
    </p>
    <form method="post" action={links.importTranslations} encType="multipart/form-data">
      <div class="field">
        <label for="tep">Tệp đã sửa (.xlsx hoặc CSV)</label>
        <input class="visits-file" type="file" id="tep" name="tep" accept=".xlsx,.csv" required />
      </div>
      <div class="field">
        <label for="nguoi-duyet">Người dịch đã duyệt các câu</label>
        <p class="field-hint">Tên hoặc chức danh, ghi cạnh mỗi câu có dấu x. Để trống là Ông/Bà tự duyệt.</p>
        <input type="text" id="nguoi-duyet" name="nguoi-duyet" maxLength={80} autocomplete="off" />
      </div>
      <button type="submit" class="button">
        Nạp tệp
      </button>
    </form>
  </section>
)
