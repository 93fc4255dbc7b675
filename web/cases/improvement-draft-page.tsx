import type { ImprovementDraftView } from '../../server/cases/view-contract.ts'
import type { Problem } from '../../server/problems.ts'
import { links } from '../links.ts'
import { PageHead } from '../ui/page-head.tsx'
import { LinesField, ProblemList, problemAt } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { CaseSaid } from './item.tsx'
import { dayInWords } from './words.ts'

export type ImprovementDraftPageProps = {
  view: ImprovementDraftView
  /** As sent before a refusal. */
  values: Record<string, string[]>
  problems: Problem[]
  shell: Shell
}

/** A new entry of "Ông/Bà nói, chúng tôi làm": which answered cases it rests on, and two sentences. */
export function renderImprovementDraftPage(props: ImprovementDraftPageProps, assets: StaffAssets): string {
  const { view, problems, shell } = props
  const title = 'Thêm mục “Ông/Bà nói, chúng tôi làm”'
  const children = (
    <>
      <p class="back">
        <a href={links.improvements}>‹ Ông/Bà nói, chúng tôi làm</a>
      </p>
      <PageHead title={title} />
      {problems.length > 0 && <ProblemList title="Chưa lưu được, xin xem lại:" problems={problems} />}
      <Narrow view={view} />
      {view.cases.length > 0 ? (
        <Draft {...props} />
      ) : (
        <section class="card padded">
          <p class="lead">Chưa có ý kiến nào đã trả lời để dựa vào. Hãy trả lời ý kiến trước.</p>
        </section>
      )}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Narrow = ({ view }: { view: ImprovementDraftView }) => (
  <form class="case-filters" method="get" action={links.newImprovement()}>
    <label class="case-filter">
      <span>Đơn vị</span>
      <select name="co-quan">
        {view.agencies.map(({ value, label }) => (
          <option key={value} value={value} selected={value === view.agency}>
            {label}
          </option>
        ))}
      </select>
    </label>
    <label class="case-filter">
      <span>Chủ đề</span>
      <select name="chu-de">
        <option value="">Mọi chủ đề</option>
        {view.themes.map(({ value, label }) => (
          <option key={value} value={value} selected={value === view.theme}>
            {label}
          </option>
        ))}
      </select>
    </label>
    <button class="button small" type="submit">
      Xem
    </button>
  </form>
)

/** How many cases stand in the open, the newest; the others are a press away. */
const openCases = 8

function Draft({ view, values, problems }: ImprovementDraftPageProps) {
  const [chosen, rest] = [values.case ?? [], view.cases.slice(openCases)]
  return (
    <form class="card padded case-form" method="post" action={links.newImprovement()}>
      <input type="hidden" name="agency" value={view.agency} />
      <fieldset class="field" id="case">
        <legend>Dựa trên những ý kiến nào</legend>
        <CaseBoxes cases={view.cases.slice(0, openCases)} chosen={chosen} />
        {rest.length > 0 && (
          <details class="case-more" open={rest.some(({ id }) => chosen.includes(String(id)))}>
            <summary>{rest.length} ý kiến cũ hơn</summary>
            <CaseBoxes cases={rest} chosen={chosen} />
          </details>
        )}
      </fieldset>
      <LinesField
        name="said"
        label="Ông/Bà nói"
        hint="Tóm lại điều người dân nói, bằng lời của đơn vị, không chép nguyên văn. Từ 10 đến 300 ký tự."
        problem={problemAt(problems, 'said')}
        value={values.said?.[0] ?? ''}
        rows={3}
      />
      <LinesField
        name="did"
        label="Chúng tôi làm"
        hint="Việc đã làm xong, từ khi nào. Từ 10 đến 300 ký tự."
        problem={problemAt(problems, 'did')}
        value={values.did?.[0] ?? ''}
        rows={3}
      />
      <button class="button" type="submit">
        Lưu bản thảo
      </button>
    </form>
  )
}

type BoxesProps = { cases: ImprovementDraftView['cases']; chosen: string[] }

const CaseBoxes = ({ cases, chosen }: BoxesProps) => (
  <>
    {cases.map((item) => (
      <label class="choice" key={item.id}>
        <input type="checkbox" name="case" value={item.id} checked={chosen.includes(String(item.id))} />
        <span>
          <CaseSaid item={item} />
          <small>
            {item.place} · {dayInWords(item.day, item.half)}
            {item.theme && ` · ${item.theme}`}
          </small>
        </span>
      </label>
    ))}
  </>
)
