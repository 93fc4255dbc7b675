import type { Language } from '../../server/catalogue/contract.ts'
import type { Progress, TextState } from '../../server/recordings/contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type PageSection, SectionRow } from '../ui/sections/sections.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { RecordingRow } from './row.tsx'

export type RecordingsProps = {
  code: string
  title: string
  version: number
  language: Language
  progress: Progress[]
  sections: PageSection[]
  /** Which of them is shown. */
  section: string
  texts: TextState[]
  problems: string[]
  done: 'roi' | 'bo' | null
  shell: Shell
}

const languageNames: Record<Language, string> = { vi: 'Tiếng Việt', km: 'Tiếng Khmer', en: 'Tiếng Anh' }

/** Every sentence of a questionnaire's page as people of the commune read it aloud, in one language. */
export function renderRecordings(props: RecordingsProps, assets: StaffAssets): string {
  const { code, title, version, language, sections, section, shell } = props
  const children = (
    <>
      <p class="back">
        <a href={links.questionnaire(code, version)}>‹ {title}</a>
      </p>
      <PageHead
        title="Bản ghi âm"
        lead="Người dân bấm nút loa thì nghe bản ghi này; câu chưa có bản ghi do giọng của điện thoại đọc, nếu máy có."
      />
      <Languages {...props} />
      <Notices {...props} />
      <ByName code={code} language={language} example={props.texts[0]?.fileNames[0] ?? ''} />
      <SectionRow
        sections={sections}
        current={section}
        hrefOf={(phan) => links.recordings(code, { lang: language, phan })}
        wholeLabel="Tất cả"
      />
      <Texts {...props} />
    </>
  )
  return renderStaffPage({ title: `Bản ghi âm: ${title}`, shell, children }, assets)
}

const Languages = ({ code, language, progress }: RecordingsProps) => (
  <nav class="segments recordings-languages" aria-label="Ngôn ngữ của bản ghi">
    {progress.map((one) => (
      <a
        key={one.language}
        href={links.recordings(code, { lang: one.language })}
        aria-current={one.language === language ? 'true' : undefined}
      >
        {languageNames[one.language]}: {formatInteger(one.current)}/{formatInteger(one.total)}
      </a>
    ))}
  </nav>
)

function Notices({ done, problems, progress, language }: RecordingsProps) {
  const outdated = progress.find((one) => one.language === language)?.outdated ?? 0
  return (
    <>
      {done === 'roi' && <Notice kind="done" title="Đã lưu bản ghi" />}
      {done === 'bo' && <Notice kind="done" title="Đã bỏ bản ghi" />}
      {problems.length > 0 && (
        <Notice kind="problem" title="Chưa lưu gì">
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
      {outdated > 0 && (
        <Notice kind="warning" title={`${formatInteger(outdated)} bản ghi đã cũ: câu đổi chữ sau khi ghi`}>
          <p>Người dân không nghe các bản này. Câu nào cũ có ghi ở dưới; xin ghi lại theo chữ mới.</p>
        </Notice>
      )}
    </>
  )
}

type FormProps = { code: string; language: Language; section?: string }

const addressOf = ({ code, language, section }: FormProps) =>
  links.recordings(code, { lang: language, phan: section === '1' ? undefined : section })

const ByName = ({ example, ...props }: FormProps & { example: string }) => (
  <details class="card padded recordings-many">
    <summary>Gửi nhiều tệp một lần, theo tên tệp</summary>
    <p>
      Đặt tên tệp như ghi cạnh từng câu, ví dụ <b>{`${example}.mp3`}</b>. Dùng được MP3, M4A, AAC, OGG (Opus), WebM; mỗi
      tệp nhiều nhất 1 MB, cả bộ câu hỏi 20 MB. Một tệp chưa đúng thì chưa tệp nào được lưu.
    </p>
    <form method="post" action={addressOf(props)} encType="multipart/form-data">
      <div class="field">
        <label for="tep">Các tệp âm thanh</label>
        <input class="visits-file" type="file" id="tep" name="tep" accept={soundFiles} multiple required />
      </div>
      <button type="submit" class="button quiet">
        Gửi các tệp
      </button>
    </form>
  </details>
)

const soundFiles = 'audio/*,.mp3,.m4a,.aac,.ogg,.opus,.webm'

const Texts = (props: RecordingsProps) => (
  <form method="post" action={addressOf(props)} encType="multipart/form-data">
    <ol class="recordings">
      {props.texts.map((state) => (
        <RecordingRow key={`${state.part} ${state.key}`} state={state} language={props.language} accept={soundFiles} />
      ))}
    </ol>
    <p class="translations-buttons">
      <button type="submit" class="button">
        Lưu các tệp đã chọn
      </button>
    </p>
  </form>
)
