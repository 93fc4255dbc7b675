import type { Language } from '../../server/catalogue/contract.ts'
import type { Recorded, TextState } from '../../server/recordings/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { Tag } from '../ui/tag.tsx'

type RowProps = { state: TextState; language: Language; accept: string }

/** One sentence: what to read, what is kept of it, and a file to put in its place. */
export function RecordingRow({ state, language, accept }: RowProps) {
  const { part, key, text, vi, fileNames, recorded, isCurrent } = state
  const id = `f-${part}-${key}`
  return (
    <li class="card recording">
      <div class="recording-text">
        <p lang={language}>{text}</p>
        {language !== 'vi' && <p class="recording-original">{vi}</p>}
        <p class="field-hint">
          Tên tệp: {fileNames.map((name, index) => [index > 0 && ' hoặc ', <b key={name}>{name}</b>])}
        </p>
      </div>
      <div class="recording-kept">
        {recorded ? <Kept recorded={recorded} isCurrent={isCurrent} /> : <Tag>Chưa ghi</Tag>}
        <label class="recording-file" for={id}>
          {recorded ? 'Thay bằng tệp khác' : 'Tệp âm thanh'}
          <span class="unseen">: {text}</span>
          <input type="file" id={id} name={`${part}|${key}`} accept={accept} />
        </label>
      </div>
    </li>
  )
}

function Kept({ recorded, isCurrent }: { recorded: Recorded; isCurrent: boolean }) {
  const { part, key, words, address, bytes, addedBy, addedOn } = recorded
  return (
    <>
      {isCurrent ? (
        <Tag kind="ok">Đã ghi</Tag>
      ) : (
        <p class="recording-old">
          <Tag kind="warn">Đã cũ</Tag> Bản này đọc: “{words}”
        </p>
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: what it says stands beside it. */}
      <audio controls preload="none" src={links.recordedFile(address)} aria-label={`Nghe: ${words}`} />
      <details>
        <summary>
          {formatInteger(Math.ceil(bytes / 1024))} KB, {addedBy}, {formatDay(addedOn)}
        </summary>
        <button type="submit" class="button quiet" name="bo" value={`${part}|${key}|${address}`}>
          Bỏ hẳn bản ghi này
        </button>
      </details>
    </>
  )
}
