import type { ComponentChildren } from 'preact'
import type { Asking, NamedCriterion, VersionDiff } from '../../server/questionnaires/versions-contract.ts'
import { links } from '../links.ts'
import { formatPercent } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Extra, Factors, Group, Sign } from './diff-parts.tsx'
import { ChangedText, ChangedTexts } from './diff-text.tsx'

export type DiffPageProps = {
  code: string
  title: string
  /** The version looked at, and the one it is compared with; the later one is the "after". */
  version: number
  than: number
  diff: VersionDiff
  isEmpty: boolean
  shell: Shell
}

export function renderDiffPage(props: DiffPageProps, assets: StaffAssets): string {
  const { code, title, version, than, diff, isEmpty, shell } = props
  const heading = `Phiên bản ${version} khác gì phiên bản ${than}?`
  const children = (
    <>
      <p class="back">
        <a href={links.questionnaire(code, version)}>
          ‹ {title}, phiên bản {version}
        </a>
      </p>
      <PageHead title={heading} lead={title} />
      {isEmpty ? (
        <Notice kind="done" title="Hai phiên bản giống hệt nhau">
          <p>Các câu hỏi, lời hỏi và cách rút câu đều như nhau.</p>
        </Notice>
      ) : (
        <Differences diff={diff} than={than} />
      )}
    </>
  )
  return renderStaffPage({ title: `${heading} · ${title}`, shell, children }, assets)
}

const Differences = ({ diff, than }: { diff: VersionDiff; than: number }) => (
  <>
    <p class="diff-key">
      Cách đọc: <del>chữ gạch ngang</del> chỉ có ở phiên bản {than}, <ins>chữ gạch dưới</ins> là chữ mới. Tiêu chí giữ
      mã thì số liệu nối tiếp; mã mới là chuỗi mới.
    </p>
    {diff.renumbered.length > 0 && (
      <Notice kind="warning" title="Mã còn giữ nhưng số của bộ, ngành đã đổi: có còn hỏi cùng một điều không?">
        <ul>
          {diff.renumbered.map((criterion) => (
            <li key={criterion.code}>
              {criterion.code}: số {criterion.before} thành số {criterion.official}, {criterion.text.vi}
            </li>
          ))}
        </ul>
      </Notice>
    )}
    <CriterionGroup title="Tiêu chí thêm vào" sign="+" list={diff.added} describe={inFactor} />
    <CriterionGroup title="Tiêu chí bỏ đi" sign="−" list={diff.removed} describe={inFactor} />
    <CriterionGroup title="Tiêu chí chuyển chỗ" sign="↕" list={diff.moved} describe={describeMove} />
    <CriterionGroup
      title="Đổi lời hỏi"
      sign="✎"
      list={diff.reworded}
      describe={({ changes }) => <ChangedTexts changes={changes} />}
    />
    <AskingGroup asking={diff.asking} />
    <Factors factors={diff.factors} />
    <Extra extra={diff.extra} />
    <Names diff={diff} />
  </>
)

type CriterionGroupProps<T> = {
  title: string
  sign: string
  list: T[]
  describe: (criterion: T) => ComponentChildren
}

function CriterionGroup<T extends NamedCriterion>({ title, sign, list, describe }: CriterionGroupProps<T>) {
  return (
    <Group title={title} count={list.length}>
      {list.map((criterion) => (
        <li key={criterion.code}>
          <Sign sign={sign} />
          <div>
            <p>
              <b>{criterion.official}</b> {criterion.text.vi} <small>{criterion.code}</small>
            </p>
            {describe(criterion)}
          </div>
        </li>
      ))}
    </Group>
  )
}

const inFactor = ({ factor }: NamedCriterion) => <p class="diff-note">Nhóm {factor}</p>

const describeMove = ({ factor, from }: NamedCriterion & { from: string | null }) => (
  <p class="diff-note">{from === null ? `Đổi thứ tự trong nhóm ${factor}` : `Từ nhóm ${from} sang nhóm ${factor}`}</p>
)

/** A changed draw changes every criterion of its factor alike: one line for all of them. */
function AskingGroup({ asking }: { asking: VersionDiff['asking'] }) {
  const alike = new Map<string, VersionDiff['asking']>()
  for (const criterion of asking) {
    const key = JSON.stringify([criterion.factor, criterion.before, criterion.after])
    alike.set(key, [...(alike.get(key) ?? []), criterion])
  }
  return (
    <Group title="Đổi cách hỏi" count={asking.length}>
      {[...alike].map(([key, criteria]) => (
        <AskingLine key={key} criteria={criteria} />
      ))}
    </Group>
  )
}

function AskingLine({ criteria }: { criteria: VersionDiff['asking'] }) {
  const [first] = criteria
  if (!first) return null
  const { before, after, factor } = first
  return (
    <li>
      <Sign sign="%" />
      <div>
        <p>
          <b>{criteria.map(({ official }) => official).join(', ')}</b> nhóm {factor}
        </p>
        {before.probability !== after.probability && (
          <p class="diff-note">
            Trước: {describeProbability(before)}. Nay: {describeProbability(after)}.
          </p>
        )}
        {before.noOpinion !== after.noOpinion && (
          <p class="diff-note">
            {after.noOpinion ? 'Nay có thêm mục “không ý kiến”.' : 'Nay không còn mục “không ý kiến”.'}
          </p>
        )}
      </div>
    </li>
  )
}

const describeProbability = ({ probability }: Asking) =>
  probability === 1 ? 'hỏi mọi phiếu' : `hỏi luân phiên, ${formatPercent(100 * probability)} số phiếu`

const Names = ({ diff: { title, source } }: { diff: VersionDiff }) => (
  <Group title="Tên và căn cứ" count={title.length + (source ? 1 : 0)}>
    {title.length > 0 && (
      <li>
        <Sign sign="✎" />
        <div>
          <p>
            <b>Tên bộ câu hỏi</b>
          </p>
          <ChangedTexts changes={title} />
        </div>
      </li>
    )}
    {source && (
      <li>
        <Sign sign="✎" />
        <div>
          <p>
            <b>Căn cứ</b>
          </p>
          <ChangedText pieces={source} />
        </div>
      </li>
    )}
  </Group>
)
