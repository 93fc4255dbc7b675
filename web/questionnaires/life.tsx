import type { ChangeCounts } from '../../server/questionnaires/draft/contract.ts'
import type { PageWeight } from '../../server/questionnaires/versions-contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { formatDay, formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { Tag } from '../ui/tag.tsx'
import { ChangeSummary } from './changes.tsx'
import { languageName, statusName, type VersionStatus } from './words.ts'

export type VersionLine = {
  version: number
  status: VersionStatus
  /** Days YYYY-MM-DD; null while it has not been published, or is in use. */
  publishedOn: string | null
  retiredOn: string | null
  reason: string
}

/** A version among its siblings: what it weighs, what came before it and why, and what may be done with it. */
export type VersionLife = {
  code: string
  version: number
  status: VersionStatus
  /** Newest first. */
  versions: VersionLine[]
  weight: PageWeight
  /** The version in use when this is a draft; criteria whose code stayed while their official number changed. */
  replaces: number | null
  renumbered: { code: string; before: string; official: string }[]
  /** What publishing it would change. */
  changes: ChangeCounts
  /** Why this draft cannot be published as it is. */
  blocked: string | null
  reason: string
  problem: string | undefined
}

/** What may be done: publish or change a draft, or begin one. */
export function VersionActions({ life, mayChange }: { life: VersionLife; mayChange: boolean }) {
  if (!mayChange) return null
  if (life.status === 'draft') return <DraftActions life={life} />
  const draft = life.versions.find(({ status }) => status === 'draft')
  if (life.status !== 'published') return null
  return (
    <p class="version-actions">
      {draft ? (
        <a class="button quiet" href={links.questionnaire(life.code, draft.version)}>
          Xem bản thảo phiên bản {draft.version}
        </a>
      ) : (
        <a class="button quiet" href={links.draftQuestionnaire(life.code)}>
          Soạn bản thảo từ phiên bản này
        </a>
      )}
    </p>
  )
}

function DraftActions({ life }: { life: VersionLife }) {
  const { code, version, replaces, renumbered, blocked } = life
  return (
    <>
      {blocked && (
        <Notice kind="problem" title="Chưa ban hành được">
          <p>{blocked}</p>
        </Notice>
      )}
      {renumbered.length > 0 && (
        <Notice kind="warning" title="Mã tiêu chí còn giữ nhưng số của bộ, ngành đã đổi">
          <ul>
            {renumbered.map(({ code, before, official }) => (
              <li key={code}>
                {code}: số {before} thành số {official}. Số liệu hai phiên bản sẽ nối thành một chuỗi; nếu nay hỏi điều
                khác, xin đặt mã mới.
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <section class="card padded" aria-labelledby="ban-hanh">
        <h2 id="ban-hanh">Bản thảo phiên bản {version}</h2>
        <p class="version-actions">
          <a class="button quiet" href={links.draftQuestionnaire(code)}>
            Sửa bản thảo
          </a>
          {replaces !== null && (
            <a class="button quiet" href={links.questionnaireDiff(code, version, replaces)}>
              So với phiên bản {replaces}
            </a>
          )}
        </p>
        {replaces !== null && <ChangeSummary changes={life.changes} than={replaces} />}
        {!blocked && <PublishForm life={life} />}
        <details class="version-discard">
          <summary>Bỏ bản thảo này</summary>
          <form method="post" action={links.draftQuestionnaire(code)}>
            <p>Bản thảo bị xóa hẳn; các phiên bản đã ban hành không đổi gì.</p>
            <button type="submit" class="button quiet" name="action" value="discard">
              Xóa bản thảo
            </button>
          </form>
        </details>
      </section>
    </>
  )
}

const PublishForm = ({ life }: { life: VersionLife }) => (
  <form method="post" action={links.publishQuestionnaire(life.code, life.version)}>
    <Field
      name="reason"
      label="Lý do ban hành"
      hint="Ghi vào lịch sử cho mọi người đọc, ví dụ: theo quyết định số mấy, sửa lời câu nào vì sao."
      value={life.reason}
      problem={life.problem}
      input={{ required: true, maxLength: 500 }}
    />
    <button type="submit" class="button">
      Ban hành phiên bản {life.version}
    </button>
    <p class="field-hint">
      Từ lúc đó mọi phiếu mới hỏi theo phiên bản này và không ai sửa được nó nữa. Phiếu đã mở theo phiên bản cũ còn được
      nhận trong 30 ngày.
    </p>
  </form>
)

/** How much one response asks, and whether the page still comes in the first round trip. */
export function VersionWeight({ weight }: { weight: PageWeight }) {
  const { criteria, extra, bytes, budgetBytes } = weight
  return (
    <section class="card padded" aria-labelledby="do-dai">
      <h2 id="do-dai">Một phiếu dài bao nhiêu</h2>
      <p>
        {criteria} tiêu chí và {extra} câu hỏi thêm. Trang dài nhất có thể gặp, so với mức {formatInteger(budgetBytes)}{' '}
        byte để mở ngay trên mạng yếu:
      </p>
      <dl class="version-bytes">
        {Object.entries(bytes).map(([language, size]) => (
          <div key={language}>
            <dt>{languageName(language)}</dt>
            <dd>
              {formatInteger(size)} byte{' '}
              {size > budgetBytes ? <Tag kind="warn">quá mức</Tag> : <Tag kind="ok">trong mức</Tag>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export const VersionHistory = ({ life }: { life: VersionLife }) => (
  <section class="card" aria-labelledby="lich-su">
    <h2 id="lich-su" class="version-history-title">
      Các phiên bản
    </h2>
    <table class="listing">
      <caption class="unseen">Các phiên bản của bộ câu hỏi này, mới nhất trước</caption>
      <thead>
        <tr>
          <th scope="col">Phiên bản</th>
          <th scope="col">Trạng thái</th>
          <th scope="col">Thời gian dùng</th>
          <th scope="col">Lý do</th>
          <th scope="col">So sánh</th>
        </tr>
      </thead>
      <tbody>
        {life.versions.map((line, index) => (
          <HistoryRow key={line.version} life={life} line={line} than={life.versions[index + 1]?.version} />
        ))}
      </tbody>
    </table>
  </section>
)

type HistoryRowProps = { life: VersionLife; line: VersionLine; than: number | undefined }

function HistoryRow({ life, line, than }: HistoryRowProps) {
  const { version, status, publishedOn, retiredOn, reason } = line
  return (
    <tr>
      <th scope="row">
        {version === life.version ? (
          <span aria-current="page">Phiên bản {version} (đang xem)</span>
        ) : (
          <a href={links.questionnaire(life.code, version)}>Phiên bản {version}</a>
        )}
      </th>
      <td>
        <Tag kind={status === 'published' ? 'ok' : 'plain'}>{statusName(status)}</Tag>
      </td>
      <td>
        {publishedOn ? `từ ${formatDay(publishedOn)}` : 'chưa ban hành'}
        {retiredOn && ` đến ${formatDay(retiredOn)}`}
      </td>
      <td>{reason || 'ghi khi ban hành'}</td>
      <td>
        {than === undefined ? (
          'bản đầu tiên'
        ) : (
          <a href={links.questionnaireDiff(life.code, version, than)}>khác gì phiên bản {than}?</a>
        )}
      </td>
    </tr>
  )
}
