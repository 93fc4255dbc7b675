import type { ComponentChildren } from 'preact'
import type {
  Asking,
  ExtraChange,
  FactorChange,
  NamedCriterion,
  VersionDiff,
} from '../../server/surveys/versions-contract.ts'
import { links } from '../links.ts'
import { formatScore } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { extraKinds } from './questionnaire-words.ts'
import { ChangedText, ChangedTexts } from './version-diff-text.tsx'

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
    <CriterionGroup title="Đổi cách hỏi" sign="%" list={diff.asking} describe={describeAsking} />
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

const describeAsking = ({ before, after }: { before: Asking; after: Asking }) => (
  <>
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
  </>
)

const describeProbability = ({ probability }: Asking) =>
  probability === 1 ? 'hỏi mọi phiếu' : `hỏi luân phiên, ${formatScore(100 * probability)} % số phiếu`

const factorWords: Record<FactorChange['kind'], [sign: string, words: string]> = {
  added: ['+', 'Nhóm mới'],
  removed: ['−', 'Bỏ nhóm'],
  moved: ['↕', 'Đổi thứ tự nhóm'],
  changed: ['✎', 'Đổi'],
}

const Factors = ({ factors }: { factors: FactorChange[] }) => (
  <Group title="Nhóm tiêu chí" count={factors.length}>
    {factors.map(({ code, title, kind, changes, drawBefore, drawAfter }) => (
      <li key={code}>
        <Sign sign={factorWords[kind][0]} />
        <div>
          <p>
            <b>{factorWords[kind][1]}</b> {title} <small>{code}</small>
          </p>
          {changes.length > 0 && <ChangedTexts changes={changes} />}
          {drawBefore !== null && drawAfter !== null && drawBefore !== drawAfter && (
            <p class="diff-note">
              Mỗi phiếu rút {drawBefore} câu luân phiên, nay rút {drawAfter}.
            </p>
          )}
        </div>
      </li>
    ))}
  </Group>
)

const signs = { added: '+', removed: '−', changed: '✎' } as const
const verbs = { added: 'Thêm', removed: 'Bỏ', changed: 'Đổi' } as const

const Extra = ({ extra }: { extra: ExtraChange[] }) => (
  <Group title="Câu hỏi thêm, không tính vào điểm" count={extra.length}>
    {extra.map(({ code, text, kind, changes, kinds, choices }) => (
      <li key={code}>
        <Sign sign={signs[kind]} />
        <div>
          <p>
            <b>{verbs[kind]}</b> {text} <small>{code}</small>
          </p>
          {changes.length > 0 && <ChangedTexts changes={changes} />}
          {kinds && (
            <p class="diff-note">
              Kiểu trả lời: {extraKinds[kinds.before]} thành {extraKinds[kinds.after]}.
            </p>
          )}
          {choices.map((choice) => (
            <div key={choice.text} class="diff-note">
              {verbs[choice.kind]} mục chọn “{choice.text}”
              {choice.changes.length > 0 && <ChangedTexts changes={choice.changes} />}
            </div>
          ))}
        </div>
      </li>
    ))}
  </Group>
)

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

type GroupProps = { title: string; count: number; children: ComponentChildren }

const Group = ({ title, count, children }: GroupProps) =>
  count === 0 ? null : (
    <section class="card padded diff-group">
      <h2>
        {title} <small>({count})</small>
      </h2>
      <ul>{children}</ul>
    </section>
  )

const Sign = ({ sign }: { sign: string }) => (
  <span class="diff-sign" aria-hidden="true">
    {sign}
  </span>
)
