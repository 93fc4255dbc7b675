import { type CriterionInput, type FactorInput, textLimits } from '../../../server/questionnaires/draft/contract.ts'
import { Tag } from '../../ui/tag.tsx'
import { AddButton, type Editor, hasProblem, ItemButtons, SelectField, ShortField, TextFields } from './fields.tsx'

export const FactorsEditor = ({ editor, factors }: { editor: Editor; factors: FactorInput[] }) => (
  <>
    {factors.map((factor, index) => (
      <FactorEditor key={index} editor={editor} factors={factors} factor={factor} index={index} />
    ))}
    <AddButton editor={editor} list="factors" count={factors.length}>
      Thêm nhóm tiêu chí
    </AddButton>
  </>
)

type FactorEditorProps = { editor: Editor; factors: FactorInput[]; factor: FactorInput; index: number }

function FactorEditor({ editor, factors, factor, index }: FactorEditorProps) {
  const path = `factors.${index}`
  const { title, code, draw, criteria } = factor
  return (
    <section class="card draft-part" id={path} tabIndex={-1} aria-labelledby={`${path}.ten`}>
      <div class="draft-part-head">
        <h2 id={`${path}.ten`}>
          Nhóm {index + 1}
          {title.vi && `: ${title.vi}`}
        </h2>
        <ItemButtons editor={editor} list="factors" index={index} count={factors.length} name={`nhóm ${index + 1}`} />
      </div>
      {/* Folded: browsers open the fold that an address or a button leads into. */}
      <details class="draft-fold" open={hasProblem(editor, path)}>
        <summary>Tên nhóm, {criteria.length} tiêu chí</summary>
        <TextFields editor={editor} path={`${path}.title`} legend="Tên nhóm" text={title} most={textLimits.title} />
        <div class="draft-row">
          <ShortField
            editor={editor}
            path={`${path}.draw`}
            label="Số câu luân phiên mỗi phiếu rút"
            value={draw}
            kind="count"
          />
          <ShortField editor={editor} path={`${path}.code`} label="Mã nhóm" value={code} kind="code" />
        </div>
        <ol class="draft-items">
          {criteria.map((_, at) => (
            <CriterionEditor key={at} editor={editor} factors={factors} factor={index} index={at} />
          ))}
        </ol>
        <AddButton editor={editor} list={`${path}.criteria`} count={criteria.length}>
          Thêm tiêu chí vào nhóm này
        </AddButton>
      </details>
    </section>
  )
}

type CriterionEditorProps = { editor: Editor; factors: FactorInput[]; factor: number; index: number }

function CriterionEditor(props: CriterionEditorProps) {
  const { editor, factors, factor, index } = props
  const { criteria } = factors[factor] as FactorInput
  const { official, text } = criteria[index] as CriterionInput
  const path = `factors.${factor}.criteria.${index}`
  const name = official ? `tiêu chí ${official}` : `tiêu chí thứ ${index + 1} của nhóm ${factor + 1}`
  return (
    <li class="draft-item" id={path} tabIndex={-1}>
      <details class="draft-fold" open={text.vi === '' || hasProblem(editor, path)}>
        <summary>
          <b>{official}</b> {text.vi || 'Tiêu chí mới'}
        </summary>
        <CriterionRow {...props} path={path} name={name} />
        <TextFields
          editor={editor}
          path={`${path}.text`}
          legend={`Lời hỏi, ${name}`}
          text={text}
          most={textLimits.criterion}
        />
        <CriterionAsked {...props} path={path} />
      </details>
    </li>
  )
}

type CriterionPartProps = CriterionEditorProps & { path: string }

function CriterionRow({ editor, factors, factor, index, path, name }: CriterionPartProps & { name: string }) {
  const { criteria } = factors[factor] as FactorInput
  const { code, official, core } = criteria[index] as CriterionInput
  const before = factors[factor - 1]
  return (
    <div class="draft-row">
      <ShortField editor={editor} path={`${path}.official`} label="Số của bộ, ngành" value={official} kind="count" />
      <ShortField editor={editor} path={`${path}.code`} label="Mã tiêu chí" value={code} kind="code" />
      <SelectField
        editor={editor}
        path={`${path}.core`}
        label="Cách hỏi"
        value={core ? 'yes' : 'no'}
        options={asking}
      />
      <ItemButtons
        editor={editor}
        index={index}
        name={name}
        list={`factors.${factor}.criteria`}
        count={criteria.length}
        above={before && `factors.${factor - 1}.criteria.${before.criteria.length}`}
        below={factors[factor + 1] && `factors.${factor + 1}.criteria.0`}
      />
    </div>
  )
}

function CriterionAsked({ editor, factors, factor, index, path }: CriterionPartProps) {
  const whole = factors[factor] as FactorInput
  const criterion = whole.criteria[index] as CriterionInput
  return (
    <p class="draft-asked">
      <Tag>{describeShare(whole, criterion)}</Tag>
      {(editor.allowsNoOpinion || criterion.noOpinion) && (
        <label class="choice">
          <input type="checkbox" name={`${path}.noOpinion`} value="yes" checked={criterion.noOpinion} />
          <span>Có mục “không ý kiến, không dùng”</span>
        </label>
      )}
    </p>
  )
}

const asking: [string, string][] = [
  ['yes', 'Hỏi mọi người'],
  ['no', 'Hỏi luân phiên'],
]

/** How many people out of how many are asked a criterion, in lowest terms. */
function describeShare({ draw, criteria }: FactorInput, { core }: CriterionInput): string {
  const among = criteria.filter((one) => !one.core).length
  const drawn = Number(draw)
  if (core || drawn === among) return 'hỏi mọi người'
  if (!Number.isInteger(drawn) || drawn < 0 || drawn > among) return 'chưa rõ hỏi bao nhiêu người'
  if (drawn === 0) return 'không ai được hỏi'
  const shared = commonDivisor(drawn, among)
  return `hỏi ${drawn / shared} trong ${among / shared} người`
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))
