import type { Judgement, TextEdit, TextEntry } from './contract.ts'
import { findTextProblem, pairOf, plainText, tidyText } from './text-rules.ts'

type Find = (edit: TextEdit) => TextEntry | undefined

/**
 * What edits come to, each against the text as it stands now. What the editor left as it was seen never overwrites what
 * somebody else has written meanwhile; two different wordings of one text are a conflict for a person to decide.
 */
export function judgeEdits(edits: TextEdit[], find: Find): Judgement {
  const judgement: Judgement = { problems: [], changed: [], reviewed: [], withdrawn: [] }
  edits.forEach((edit, at) => {
    const entry = find(edit)
    if (entry) judgeEdit(judgement, { at, edit, entry, text: tidyText(edit.text) })
    else judgement.problems.push({ at, message: 'câu này không còn trên trang của người dân.', isConflict: false })
  })
  return judgement
}

type Case = { at: number; edit: TextEdit; entry: TextEntry; text: string }

function judgeEdit(judgement: Judgement, { at, edit, entry, text }: Case): void {
  const isChanged = plainText(text) !== plainText(entry.km)
  if (edit.seen !== entry.pair) {
    const isLeft = pairOf(entry, entry.vi, text) === edit.seen
    if (isChanged && !isLeft) judgement.problems.push({ at, message: changedMeanwhile, isConflict: true })
    return
  }
  const problem = isChanged ? findTextProblem(entry, text) : null
  if (problem) {
    judgement.problems.push({ at, message: problem, isConflict: false })
    return
  }
  if (isChanged) judgement.changed.push({ entry, text })
  if (edit.reviewed === 'yes' && (isChanged || !entry.review)) judgement.reviewed.push({ entry, text })
  if (edit.reviewed === 'no' && !isChanged && entry.review) judgement.withdrawn.push(entry)
}

const changedMeanwhile = 'vừa được người khác sửa; xin xem câu hiện nay rồi lưu lần nữa nếu vẫn muốn dùng câu của mình.'
