import type { PartProgress, ShownText } from '../../server/translations/contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type PageSection, SectionRow } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { TextRow } from './text-row.tsx'

export type TranslationPartProps = {
  progress: PartProgress
  sections: PageSection[]
  asked: { section: string; onlyUnreviewed: boolean }
  texts: ShownText[]
  /** Why nothing was saved, where it is no single text's fault. */
  obstacle: string | null
  isSaved: boolean
  shell: Shell
}

/** One part of the Khmer beside its Vietnamese and English; one form saves what is shown. */
export function renderTranslationPart(props: TranslationPartProps, assets: StaffAssets): string {
  const { progress, sections, asked, texts, shell } = props
  const { code, title, reviewed, total } = progress
  const children = (
    <>
      <p class="back">
        <a href={links.translations()}>‹ Bản tiếng Khmer</a>
      </p>
      <PageHead title={title} lead={`Đã duyệt ${formatInteger(reviewed)} trên ${formatInteger(total)} câu.`} />
      <Filter code={code} onlyUnreviewed={asked.onlyUnreviewed} left={total - reviewed} />
      <Notices {...props} />
      {!asked.onlyUnreviewed && sections.length > 1 && (
        <SectionRow
          sections={sections}
          current={asked.section}
          hrefOf={(phan) => links.translationPart(code, { phan })}
          wholeLabel="Cả phần"
        />
      )}
      {texts.length > 0 ? <Texts {...props} /> : <p class="card padded">Mọi câu của phần này đã được duyệt.</p>}
    </>
  )
  return renderStaffPage({ title: `Bản tiếng Khmer: ${title}`, shell, children }, assets)
}

type FilterProps = { code: string; onlyUnreviewed: boolean; left: number }

const Filter = ({ code, onlyUnreviewed, left }: FilterProps) => (
  <nav class="segments translations-filter" aria-label="Lọc các câu">
    <a href={links.translationPart(code)} aria-current={onlyUnreviewed ? undefined : 'true'}>
      Tất cả
    </a>
    <a
      href={links.translationPart(code, { loc: 'chua-duyet' })}
      aria-current={onlyUnreviewed ? 'true' : undefined}
    >{`Chưa duyệt (${formatInteger(left)})`}</a>
  </nav>
)

function Notices({ progress, obstacle, isSaved, texts }: TranslationPartProps) {
  const wrong = texts.flatMap(({ problem }, at) => (problem ? [{ at, problem }] : []))
  return (
    <>
      {isSaved && <Notice kind="done" title="Đã lưu" />}
      {obstacle && <Notice kind="problem" title={obstacle} />}
      {wrong.length > 0 && (
        <Notice kind="problem" title="Chưa lưu câu nào; những gì đã gõ vẫn còn dưới đây">
          <ul>
            {wrong.map(({ at, problem }) => (
              <li key={at}>
                <a href={`#t${at}`}>{`Câu ${at + 1}: ${problem}`}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {progress.kind === 'questionnaire' && <WhereItGoes progress={progress} />}
    </>
  )
}

/** What was published is never reworded: the scores of two versions are told apart. */
const WhereItGoes = ({ progress: { draft } }: { progress: PartProgress }) => (
  <p class="translations-about">
    {draft ? (
      <>
        Câu sửa nằm trong{' '}
        <a href={links.questionnaire(draft.code, draft.version)}>bản thảo phiên bản {draft.version}</a>; người dân đọc
        câu mới sau khi bản thảo được ban hành.
      </>
    ) : (
      'Sửa một câu là mở bản thảo của phiên bản mới; người dân đọc câu mới sau khi bản thảo được ban hành. Chỉ đánh dấu đã duyệt thì không cần bản thảo.'
    )}
  </p>
)

function Texts({ progress, asked, texts }: TranslationPartProps) {
  const { section, onlyUnreviewed } = asked
  const shown = onlyUnreviewed ? { loc: 'chua-duyet' } : { phan: section === '1' ? undefined : section }
  return (
    <form method="post" action={links.translationPart(progress.code, shown)}>
      {texts.map((text, at) => (
        <TextRow key={text.entry.key} at={at} text={text} />
      ))}
      <p class="translations-buttons">
        <button type="submit" class="button" name="do" value="save">
          Lưu
        </button>
        <button type="submit" class="button quiet" name="do" value="review-all">
          {`Lưu và duyệt cả ${formatInteger(texts.length)} câu`}
        </button>
      </p>
    </form>
  )
}
