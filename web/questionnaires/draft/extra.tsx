import { type ChoiceInput, type ExtraInput, textLimits } from '../../../server/questionnaires/draft/contract.ts'
import { extraKinds } from '../words.ts'
import { AddButton, type Editor, hasProblem, ItemButtons, SelectField, ShortField, TextFields } from './fields.tsx'

/** Questions outside the score, with the choices of those that have them. */
export const ExtraEditor = ({ editor, extra }: { editor: Editor; extra: ExtraInput[] }) => (
  <section class="card draft-part" id="cau-hoi-them" tabIndex={-1} aria-labelledby="extra.ten">
    <div class="draft-part-head">
      <h2 id="extra.ten">Câu hỏi thêm</h2>
    </div>
    <p class="field-hint">Không bắt buộc trả lời, không tính vào điểm, hỏi mọi người.</p>
    <ol class="draft-items">
      {extra.map((question, index) => (
        <QuestionEditor key={index} editor={editor} question={question} index={index} count={extra.length} />
      ))}
    </ol>
    <AddButton editor={editor} list="extra" count={extra.length}>
      Thêm câu hỏi
    </AddButton>
  </section>
)

type QuestionEditorProps = { editor: Editor; question: ExtraInput; index: number; count: number }

function QuestionEditor({ editor, question, index, count }: QuestionEditorProps) {
  const { code, kind, text, choices } = question
  const path = `extra.${index}`
  const name = `câu hỏi thêm ${index + 1}`
  return (
    <li class="draft-item" id={path} tabIndex={-1}>
      <details class="draft-fold" open={text.vi === '' || hasProblem(editor, path)}>
        <summary>{text.vi || 'Câu hỏi mới'}</summary>
        <div class="draft-row">
          <SelectField editor={editor} path={`${path}.kind`} label="Kiểu trả lời" value={kind} options={kinds} />
          <ShortField editor={editor} path={`${path}.code`} label="Mã câu hỏi" value={code} kind="code" />
          <ItemButtons editor={editor} list="extra" index={index} count={count} name={name} />
        </div>
        <TextFields
          editor={editor}
          path={`${path}.text`}
          legend={`Lời hỏi, ${name}`}
          text={text}
          most={textLimits.question}
        />
        <ChoicesEditor
          editor={editor}
          list={`${path}.choices`}
          choices={choices}
          isUsed={kind === 'choice'}
          of={name}
        />
      </details>
    </li>
  )
}

const kinds = Object.entries(extraKinds)

type ChoicesEditorProps = { editor: Editor; list: string; choices: ChoiceInput[]; isUsed: boolean; of: string }

const ChoicesEditor = ({ editor, list, choices, isUsed, of }: ChoicesEditorProps) => (
  <>
    {choices.length > 0 && (
      <>
        <h3 class="draft-choices-title">Mục chọn</h3>
        {!isUsed && (
          <p class="field-hint">Chỉ kiểu “chọn một” có mục chọn; với kiểu khác, khi lưu các mục này bị bỏ.</p>
        )}
        <ol class="draft-choices">
          {choices.map(({ code, text }, index) => (
            <li key={index} class="draft-choice" id={`${list}.${index}`} tabIndex={-1}>
              <TextFields
                editor={editor}
                path={`${list}.${index}.text`}
                legend={`Mục chọn ${index + 1} của ${of}`}
                text={text}
                most={textLimits.choice}
              />
              <div class="draft-row">
                <ShortField editor={editor} path={`${list}.${index}.code`} label="Mã mục" value={code} kind="code" />
                <ItemButtons
                  editor={editor}
                  list={list}
                  index={index}
                  count={choices.length}
                  name={`mục chọn ${index + 1} của ${of}`}
                />
              </div>
            </li>
          ))}
        </ol>
      </>
    )}
    <AddButton editor={editor} list={list} count={choices.length} isSmall>
      {choices.length > 0 || isUsed ? 'Thêm mục chọn' : 'Đổi thành chọn một và thêm mục chọn'}
    </AddButton>
  </>
)
