import type { PlaceComments as Comments, PlaceComment, PlaceView } from '../../../server/today/place/contract.ts'
import { LanguageTag } from '../../cases/item.tsx'
import { links } from '../../links.ts'
import { formatDay, formatInteger } from '../../ui/format.ts'
import { halfWords } from '../words.ts'

type CommentsProps = {
  view: PlaceView
  comments: Comments
  /** Everything that was read, with praise; else the first few. */
  whole: boolean
}

const few = 3

/** What citizens wrote, numbers and names of papers masked: from the lowest form up, praise apart. */
export function PlaceComments({ view: { place, from, to, hasToday }, comments, whole }: CommentsProps) {
  const { worst, worstOf, praise, praiseOf, cut } = comments
  const shown = whole ? worst : worst.slice(0, few)
  return (
    <>
      <section class="card comments" aria-labelledby="y-kien-diem">
        <h2 id="y-kien-diem">Ý kiến, từ phiếu chấm thấp nhất</h2>
        {shown.map((comment) => (
          <Comment key={comment.id} comment={comment} />
        ))}
        <p class="card-note">
          {worstOf === 0 ? 'Không có ý kiến nào trong thời gian này. ' : countWords(shown.length, worstOf, cut)}
          {hasToday && 'Ý kiến của ngày đang chạy hiện khi ngày khép; ý kiến báo ngay hiện liền. '}
          {!whole && worstOf + praiseOf > shown.length && (
            <>
              <a href={links.todayPlace(place.code, from, to, 'y-kien')}>Xem thêm ý kiến, lời khen</a>
              {' · '}
            </>
          )}
          <a href={links.cases({ place: place.code })}>Ý kiến cần xử lý của nơi này</a>
        </p>
      </section>
      {whole && praiseOf > 0 && (
        <section class="card comments" aria-labelledby="loi-khen">
          <h2 id="loi-khen">Lời khen</h2>
          {praise.map((comment) => (
            <Comment key={comment.id} comment={comment} />
          ))}
          <p class="card-note">{countWords(praise.length, praiseOf, cut)}</p>
        </section>
      )}
    </>
  )
}

const countWords = (shown: number, all: number, cut: boolean): string =>
  shown === all && !cut
    ? `Đủ ${formatInteger(all)} ý kiến. `
    : `${formatInteger(shown)} trong ${formatInteger(all)} ý kiến${cut ? ' mới nhất' : ''}. `

const Comment = ({ comment }: { comment: PlaceComment }) => {
  const { id, masked, day, half, language, rated, unsatisfied } = comment
  return (
    <blockquote class="comment">
      <p lang={language === 'vi' ? undefined : language}>{masked}</p>
      <footer>
        {halfWords[half]} {formatDay(day)}
        {unsatisfied > 0 && ` · chưa hài lòng ${formatInteger(unsatisfied)} trong ${formatInteger(rated)} câu`}
        {language !== 'vi' && (
          <>
            {' '}
            <LanguageTag language={language} />
          </>
        )}
        <span class="comment-link">
          {' · '}
          <a href={links.case(id)}>
            Xem và xử lý<span class="unseen"> ý kiến số {id}</span>
          </a>
        </span>
      </footer>
    </blockquote>
  )
}
