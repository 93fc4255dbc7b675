import { type DraftInput, textLimits } from '../../../server/questionnaires/draft/contract.ts'
import { links } from '../../links.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { renderStaffPage, type StaffAssets } from '../../ui/shell.tsx'
import { ExtraEditor } from './extra.tsx'
import { FactorsEditor } from './factors.tsx'
import { type Editor, LongField, TextFields } from './fields.tsx'
import { DraftJson } from './json.tsx'
import { DraftNotices } from './notices.tsx'
import type { DraftPageProps } from './page-props.ts'
import { DraftSide } from './side.tsx'

export function renderDraftPage(props: DraftPageProps, assets: StaffAssets): string {
  const { code, title, version, published, hasDraft, problems, json, shell } = props
  const heading = hasDraft ? `Sửa bản thảo phiên bản ${version}` : `Bản thảo mới: phiên bản ${version}`
  const back = hasDraft ? version : published
  const isWrong = problems.length + json.problems.length > 0
  const children = (
    <>
      <p class="back">
        <a href={links.questionnaire(code, back)}>
          ‹ {title}, phiên bản {back}
        </a>
      </p>
      <PageHead title={heading} lead={hasDraft ? title : `${title}, bắt đầu từ phiên bản ${published}`} />
      <DraftNotices {...props} />
      <div class="draft-columns">
        <DraftForm {...props} />
        <DraftSide {...props} />
      </div>
      <DraftJson {...props} />
    </>
  )
  return renderStaffPage(
    { title: isWrong ? `Cần sửa: ${heading}` : heading, shell, islands: ['draft'], children },
    assets,
  )
}

function DraftForm({ code, sector, revision, input, problems, notice }: DraftPageProps) {
  const action = links.draftQuestionnaire(code)
  // Only health forms offer "no opinion" (QĐ 56/QĐ-BYT); SIPAS and education have none.
  const editor: Editor = {
    action,
    allowsNoOpinion: sector === 'health',
    problems: new Map(problems.map(({ path, message }) => [path, message])),
  }
  const isUnsaved = problems.length > 0 || notice === 'unsaved' || notice === 'conflict'
  return (
    <form class="draft-form" id="ban-thao" method="post" action={action} {...(isUnsaved && { 'data-unsaved': true })}>
      <input type="hidden" name="revision" value={revision} />
      <div class="draft-bar">
        <button type="submit" class="button" name="do" value="save">
          Lưu bản thảo
        </button>
        <Jumps input={input} />
      </div>
      <NamesEditor editor={editor} input={input} />
      <FactorsEditor editor={editor} factors={input.factors} />
      <ExtraEditor editor={editor} extra={input.extra} />
      <button type="submit" class="button" name="do" value="save">
        Lưu bản thảo
      </button>
      <p class="field-hint">Lưu rồi vẫn sửa được; người dân chỉ thấy bản này sau khi ban hành.</p>
    </form>
  )
}

const Jumps = ({ input }: { input: DraftInput }) => (
  <nav class="draft-jumps" aria-label="Các phần của bản thảo">
    Nhóm{' '}
    {input.factors.map(({ title }, index) => (
      <a key={index} href={`#factors.${index}`} aria-label={`Nhóm ${index + 1}: ${title.vi}`}>
        {index + 1}
      </a>
    ))}
    <a href="#cau-hoi-them">Câu hỏi thêm</a>
    <a href="#xem-thu">Xem thử</a>
  </nav>
)

const NamesEditor = ({ editor, input }: { editor: Editor; input: DraftInput }) => (
  <section class="card draft-part" aria-labelledby="ten-bo">
    <div class="draft-part-head">
      <h2 id="ten-bo">Tên bộ câu hỏi</h2>
    </div>
    <TextFields editor={editor} path="title" legend="Tên bộ câu hỏi" text={input.title} most={textLimits.title} />
    <details class="draft-about" open={abouts.some(([path]) => editor.problems.has(path))}>
      <summary>Căn cứ và ghi chú về bản dịch</summary>
      {abouts.map(([path, label, read]) => (
        <LongField key={path} editor={editor} path={path} label={label} value={read(input)} most={textLimits.source} />
      ))}
    </details>
  </section>
)

const abouts: [path: string, label: string, read: (input: DraftInput) => string][] = [
  ['source', 'Căn cứ', ({ source }) => source],
  ['translations.en', 'Ghi chú về bản tiếng Anh', ({ translations }) => translations.en],
  ['translations.km', 'Ghi chú về bản tiếng Khmer', ({ translations }) => translations.km],
]
