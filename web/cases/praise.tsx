import type { CaseItem, ThanksView } from '../../server/cases/view-contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { LinesField, ProblemList, problemAt } from '../ui/problem-fields.tsx'
import { CaseSaid, LanguageTag } from './item.tsx'
import { dayInWords } from './words.ts'

/** Praise has no deadline: it is read, and thanked many at once with the same words. */
export const PraiseForm = ({ items, thanks }: { items: CaseItem[]; thanks: ThanksView }) => (
  <form class="case-form case-praise" method="post" action={links.thankPraise}>
    {thanks.problems.length > 0 && <ProblemList title="Chưa gửi được, xin xem lại:" problems={thanks.problems} />}
    <p class="case-quiet">
      Phiếu chấm mọi câu ở mức cao nhất và có lời ghi. Không tính quá hạn, nhưng người dân chờ một lời đáp như mọi ý
      kiến khác. Lời nào thật ra là góp ý, xin bỏ dấu chọn rồi mở ra để đưa vào xử lý.
    </p>
    <ul class="card case-list">
      {items.map((item) => (
        <Praise key={item.id} item={item} checked={thanks.chosen?.includes(String(item.id)) ?? true} />
      ))}
    </ul>
    <div class="card padded case-thanks">
      <LinesField
        name="reply"
        label="Lời cảm ơn"
        hint="Người dân nhập mã phiếu sẽ đọc được. Từ 20 đến 2.000 ký tự."
        problem={problemAt(thanks.problems, 'reply')}
        value={thanks.text}
        rows={5}
      />
      <button class="button" type="submit">
        {items.length === 1 ? 'Gửi lời cảm ơn' : `Cảm ơn những lời đã chọn (${formatInteger(items.length)})`}
      </button>
    </div>
  </form>
)

const Praise = ({ item, checked }: { item: CaseItem; checked: boolean }) => (
  <li class="case-item case-praise-item">
    <label class="choice">
      <input type="checkbox" name="case" value={item.id} checked={checked} />
      <span>
        <CaseSaid item={item} />
        <small>
          {item.place} · {dayInWords(item.day, item.half)} {item.language && <LanguageTag language={item.language} />}
        </small>
      </span>
    </label>
    <a href={links.case(item.id)}>
      Mở<span class="unseen"> ý kiến số {item.id}</span>
    </a>
  </li>
)
