import type { CaseItem } from '../../server/cases/view-contract.ts'
import { links } from '../links.ts'
import { Tag } from '../ui/tag.tsx'
import { dayInWords, dueDayInWords, dueInWords, stateNames } from './words.ts'

/** One case in a list: what was said, where and when, by when and by whom it is answered. */
export const CaseRow = ({ item }: { item: CaseItem }) => (
  <li class="case-item">
    <div class="case-item-said">
      <h2>
        <a href={links.case(item.id)}>
          <CaseSaid item={item} />
        </a>
      </h2>
      {item.unsatisfied.length > 0 && <p class="case-item-criteria">{criteriaInWords(item)}</p>}
      <p class="case-item-where">
        {item.place} · {dayInWords(item.day, item.half)}
        {item.theme && <> · {item.theme}</>}
      </p>
    </div>
    <div class="case-item-stand">
      {item.due ? (
        <Due due={item.due} />
      ) : (
        <Tag kind={item.state === 'answered' ? 'ok' : 'plain'}>{stateNames[item.state]}</Tag>
      )}
      {item.urgent && <Tag kind="warn">Báo ngay</Tag>}
      {item.restricted && <Tag kind="warn">Chuyển lãnh đạo xã</Tag>}
      {item.kind === 'praise' && <Tag kind="ok">Lời khen</Tag>}
      {item.language && <LanguageTag language={item.language} />}
      {item.handedBack && <Tag kind="warn">Được trả lại</Tag>}
      <p>{item.owner ?? (item.due ? 'Chưa ai nhận' : '')}</p>
    </div>
  </li>
)

/** The comment's beginning, or which criteria dissatisfied. */
export function CaseSaid({ item: { excerpt, kind, unsatisfied, language } }: { item: CaseItem }) {
  if (excerpt !== null) return <span lang={language ?? undefined}>{excerpt}</span>
  if (kind !== 'dissatisfied') return <>Lời góp ý đã xóa theo yêu cầu của người dân</>
  return <>{`Không hài lòng ${unsatisfied.length} tiêu chí`}</>
}

const languageNames = { en: 'Tiếng Anh', km: 'Tiếng Khmer' } as const

/** Who reads it knows at once that it needs somebody who knows that language. */
export const LanguageTag = ({ language }: { language: 'en' | 'km' }) => <Tag>{languageNames[language]}</Tag>

const mostCriteria = 3

/** The first few; the case's own page names all. */
function criteriaInWords({ excerpt, unsatisfied }: CaseItem): string {
  const named = unsatisfied.slice(0, mostCriteria).join('; ')
  const others = unsatisfied.length - mostCriteria
  const more = others > 0 ? ` và ${others} tiêu chí khác` : ''
  return `${excerpt === null ? '' : 'Chưa hài lòng: '}${named}${more}`
}

export function Due({ due }: { due: NonNullable<CaseItem['due']> }) {
  return (
    <p class="case-due">
      <Tag kind={due.isPast || due.workingDays <= 1 ? 'warn' : 'plain'}>{dueInWords(due)}</Tag>{' '}
      <small>{dueDayInWords(due)}</small>
    </p>
  )
}
