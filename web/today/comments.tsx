import type { RecentComment } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { halfWords, type Span } from './words.ts'

type CommentsProps = { comments: RecentComment[]; span: Span }

/** The newest comments, numbers and names of papers already masked; a day and half of it, never a time. */
export function CommentsCard({ comments, span }: CommentsProps) {
  return (
    <section class="card comments" aria-labelledby="y-kien-moi">
      <h2 id="y-kien-moi">Ý kiến mới</h2>
      {comments.map((comment) => (
        <Comment key={comment.key} comment={comment} span={span} />
      ))}
      <p class="card-note">
        {comments.length === 0 && `${emptyWords[span]} `}
        {span === 'today' && 'Ý kiến trong ngày hiện khi ngày khép; ý kiến báo ngay hiện liền. '}
        <a href={links.cases()}>Mọi ý kiến</a>
      </p>
    </section>
  )
}

const emptyWords: Record<Span, string> = {
  today: 'Chưa có ý kiến nào hôm nay.',
  day: 'Không có ý kiến nào.',
  days: 'Không có ý kiến nào trong những ngày cuối của khoảng này.',
}

const Comment = ({ comment: { id, place, day, half, masked }, span }: { comment: RecentComment; span: Span }) => (
  <blockquote class="comment">
    <p>{masked}</p>
    <footer>
      {place} · {halfWords[half]}
      {span !== 'today' && ` ${formatDay(day)}`}
      {id !== null && (
        <span class="comment-link">
          {' · '}
          <a href={links.case(id)}>Xem và xử lý</a>
        </span>
      )}
    </footer>
  </blockquote>
)
