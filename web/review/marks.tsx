const levelNames = [
  'không có ý kiến',
  'rất không hài lòng',
  'không hài lòng',
  'bình thường',
  'hài lòng',
  'rất hài lòng',
]

/** The answers as small marks, in the order of the criteria; what was not asked is left out. */
export function AnswerMarks({ answers }: { answers: string }) {
  const asked = [...answers].filter((mark) => mark !== '.')
  return (
    <span class="answer-marks" role="img" aria-label={`Các mức: ${asked.map(nameOf).join(', ')}`}>
      {asked.map((mark, index) => (
        <span key={`${index}${mark}`} class={`answer-mark ${kindOf(mark)}`} aria-hidden="true">
          {mark === '-' ? '–' : mark}
        </span>
      ))}
    </span>
  )
}

const nameOf = (mark: string): string => (mark === '-' ? 'bỏ trống' : (levelNames[Number(mark)] ?? mark))

const kindOf = (mark: string): string =>
  mark === '-' || mark === '0' ? 'silent' : mark >= '4' ? 'satisfied' : mark === '3' ? 'middle' : 'dissatisfied'

/** "6 trong 8 câu": of the answers from 1 to 5, how many are 4 or 5. */
export function satisfiedInWords(answers: string): string {
  const levels = [...answers].filter((mark) => mark >= '1' && mark <= '5')
  if (levels.length === 0) return 'không có'
  return `${levels.filter((level) => level >= '4').length}/${levels.length} câu`
}
