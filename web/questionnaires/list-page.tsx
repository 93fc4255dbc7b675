import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { languageList, sectorName, statusName, type VersionStatus } from './words.ts'

export type QuestionnaireLine = {
  code: string
  version: number
  status: VersionStatus
  title: string
  sector: string
  criteria: number
  /** Languages whose translation nobody has reviewed yet. */
  unreviewed: string[]
}

export type QuestionnairesPageProps = { questionnaires: QuestionnaireLine[]; mayTranslate?: boolean; shell: Shell }

export function renderQuestionnairesPage(props: QuestionnairesPageProps, assets: StaffAssets) {
  const { questionnaires, mayTranslate, shell } = props
  const title = 'Bộ câu hỏi'
  const children = (
    <>
      <PageHead title={title} lead="Phiên bản đã ban hành không sửa được nữa, để điểm các kỳ so được với nhau.">
        {mayTranslate && (
          <a class="button quiet" href={links.translations()}>
            Bản tiếng Khmer
          </a>
        )}
      </PageHead>
      <section class="card">
        <table class="listing">
          <caption class="unseen">Các bộ câu hỏi và phiên bản</caption>
          <thead>
            <tr>
              <th scope="col">Bộ câu hỏi</th>
              <th scope="col">Lĩnh vực</th>
              <th scope="col" class="number">
                Tiêu chí
              </th>
              <th scope="col">Trạng thái</th>
              <th scope="col">Bản dịch</th>
            </tr>
          </thead>
          <tbody>
            {[...questionnaires].sort(byCodeNewestFirst).map((line) => (
              <Line key={`${line.code} ${line.version}`} line={line} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const byCodeNewestFirst = (a: QuestionnaireLine, b: QuestionnaireLine) =>
  a.code.localeCompare(b.code) || b.version - a.version

const Line = ({ line }: { line: QuestionnaireLine }) => (
  <tr>
    <th scope="row">
      <a href={links.questionnaire(line.code, line.version)}>{line.title}</a>
      <small>
        {line.code} · phiên bản {line.version}
      </small>
    </th>
    <td>{sectorName(line.sector)}</td>
    <td class="number">
      {formatInteger(line.criteria)}
      <span class="narrow-only"> tiêu chí</span>
    </td>
    <td>
      <Tag kind={line.status === 'published' ? 'ok' : 'plain'}>{statusName(line.status)}</Tag>
    </td>
    <td>
      {line.unreviewed.length === 0 ? 'Đã duyệt' : <Tag kind="warn">Chưa duyệt {languageList(line.unreviewed)}</Tag>}
    </td>
  </tr>
)
