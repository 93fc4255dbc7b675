import type { DraftProblem } from '../../../server/questionnaires/draft/contract.ts'
import { links } from '../../links.ts'
import { startSentence } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import type { DraftPageProps } from './page-props.ts'

/** What happened to the draft, before its fields. */
export const DraftNotices = (props: DraftPageProps) => (
  <>
    {props.notice === 'saved' && (
      <Notice kind="done" title="Đã lưu bản thảo">
        <p>Người dân chưa thấy gì; xin xem thử, rồi ghi lý do và ban hành khi đã chắc.</p>
      </Notice>
    )}
    {props.notice === 'unchanged' && <Notice kind="done" title="Không có gì thay đổi nên không phải lưu" />}
    {props.notice === 'unsaved' && (
      <Notice kind="warning" title="Chưa lưu">
        <p>
          Các thay đổi mới ở trên trang này. Bấm “Lưu bản thảo” để giữ, hoặc{' '}
          <a href={links.draftQuestionnaire(props.code)}>mở lại bản đã lưu</a> để bỏ.
        </p>
      </Notice>
    )}
    {props.notice === 'conflict' && <Conflict {...props} />}
    {props.problems.length > 0 && <Problems problems={props.problems} />}
  </>
)

const Conflict = ({ code, version, published, hasDraft }: DraftPageProps) => (
  <Notice kind="problem" title="Người khác vừa lưu, ban hành hoặc bỏ bản thảo này">
    <p>
      Phần đang gõ còn nguyên dưới đây nhưng chưa được lưu. Xin xem{' '}
      <a href={hasDraft ? links.questionnaireDiff(code, version, published) : links.questionnaire(code, published)}>
        bản đang có
      </a>{' '}
      (mở ở thẻ khác); lưu lần nữa là dùng phần đang gõ thay cho bản đó.
    </p>
  </Notice>
)

const Problems = ({ problems }: { problems: DraftProblem[] }) => (
  <Notice kind="problem" title="Bản thảo chưa được lưu. Xin sửa:">
    <ul>
      {problems.map(({ path, place, message }) => (
        <li key={`${path} ${message}`}>
          {path ? <a href={`#${path}`}>{sentence(place, message)}</a> : sentence(place, message)}
        </li>
      ))}
    </ul>
  </Notice>
)

const sentence = (place: string, message: string): string => (place ? `${place}: ${message}` : startSentence(message))
