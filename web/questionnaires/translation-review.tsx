import type { Questionnaire } from '../../server/catalogue/contract.ts'
import { links } from '../links.ts'
import { formatDay, startSentence } from '../ui/format.ts'
import { Tag } from '../ui/tag.tsx'
import { languageName } from './words.ts'

export type ReviewState = {
  language: 'en' | 'km'
  /** Day (YYYY-MM-DD) or full time of the review, null while nobody has reviewed it. */
  reviewedAt: string | null
}

/** Whether a translation was read by someone who speaks it, and the form that says so or takes it back. */
type TranslationReviewProps = { questionnaire: Questionnaire; state: ReviewState; mayReview: boolean }

export function TranslationReview({ questionnaire, state, mayReview }: TranslationReviewProps) {
  const { language, reviewedAt } = state
  const name = languageName(language)
  return (
    <div class="review">
      <div>
        <h2>
          {startSentence(name)}{' '}
          {reviewedAt ? (
            <Tag kind="ok">Đã duyệt ngày {formatDay(reviewedAt.slice(0, 10))}</Tag>
          ) : (
            <Tag kind="warn">Chưa duyệt</Tag>
          )}
        </h2>
        <p>
          {reviewedAt
            ? `Người dân chọn ${name} không còn thấy lời báo về bản dịch.`
            : `Người dân chọn ${name} thấy dòng “Bản dịch chưa được duyệt”. Xin để người thông thạo đọc hết các câu bên dưới trước khi duyệt.`}
        </p>
        <p class="review-note">{questionnaire.translations[language]}</p>
      </div>
      {mayReview && (
        <form method="post" action={links.reviewTranslation(questionnaire.code, questionnaire.version)}>
          <input type="hidden" name="language" value={language} />
          <input type="hidden" name="reviewed" value={reviewedAt ? 'no' : 'yes'} />
          <button type="submit" class={reviewedAt ? 'button quiet' : 'button'}>
            {reviewedAt ? 'Bỏ duyệt' : `Đánh dấu đã duyệt ${name}`}
          </button>
        </form>
      )}
    </div>
  )
}
