import type { ShownText } from '../../server/translations/contract.ts'
import { formatDay, startSentence } from '../ui/format.ts'

const lettersPerLine = 34

/** One text: Vietnamese, English for help, Khmer to edit, and whether somebody has read it. */
export function TextRow({ at, text }: { at: number; text: ShownText }) {
  const { entry, typed, isTicked, problem } = text
  const { key, vi, en, km, most, pair, review } = entry
  const described = [problem && `p${at}`, `h${at}`].filter(Boolean).join(' ')
  return (
    <fieldset class={problem ? 'card translation has-problem' : 'card translation'}>
      <legend class="unseen">{`Câu ${at + 1}: ${vi || en}`}</legend>
      <input type="hidden" name={`k${at}`} value={key} />
      <input type="hidden" name={`s${at}`} value={pair} />
      <input type="hidden" name={`w${at}`} value={review ? 'yes' : ''} />
      <div class="translation-originals">
        {vi && <p>{vi}</p>}
        {en && en !== vi && <p lang="en">{en}</p>}
      </div>
      <div class="translation-own">
        <label for={`t${at}`}>Tiếng Khmer</label>
        <textarea
          id={`t${at}`}
          name={`t${at}`}
          lang="km"
          rows={Math.max(1, Math.ceil(Math.max(typed.length, vi.length) / lettersPerLine))}
          autocomplete="off"
          aria-describedby={described}
          {...(problem && { 'aria-invalid': 'true' as const })}
        >
          {typed}
        </textarea>
        {problem && (
          <p class="field-problem" id={`p${at}`}>
            {startSentence(problem)}
          </p>
        )}
        {problem && typed !== km && km && (
          <p class="translation-now">
            Câu đang dùng: <span lang="km">{km}</span>
          </p>
        )}
        <div class="translation-foot">
          <label class="choice">
            <input type="checkbox" name={`r${at}`} value="yes" checked={isTicked} />
            <span>Đã duyệt{review && <small>{`${review.by}, ngày ${formatDay(review.on)}`}</small>}</span>
          </label>
          <p class="field-hint" id={`h${at}`}>
            Dài nhất {most} ký tự{hasPlaceholder(vi || km) && '; giữ nguyên các dấu {…}'}
          </p>
        </div>
      </div>
    </fieldset>
  )
}

const hasPlaceholder = (text: string): boolean => /\{\d*\}/.test(text)
