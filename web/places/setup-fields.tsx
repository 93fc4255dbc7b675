import type { SetupChoices } from '../../server/places/contract.ts'
import { problemAt } from '../ui/problem-fields.tsx'
import { Choices, listIn, Pick, type Problem, textIn, type Values } from './form-parts.tsx'

export const sectorNames = {
  administrative: 'Thủ tục hành chính',
  health: 'Khám bệnh, tiêm chủng',
  education: 'Giáo dục',
} as const

const modes = [
  { value: 'ask', label: 'Hỏi người trả lời', hint: 'Khi nơi này nhận cả hồ sơ tại quầy và qua mạng.' },
  { value: 'direct', label: 'Luôn tại chỗ' },
  { value: 'online', label: 'Luôn qua mạng' },
]

type Sector = keyof typeof sectorNames
export const isSector = (text: string): text is Sector => text in sectorNames

type SetupFieldsProps = {
  choices: SetupChoices
  problems: Problem[]
  values: Values
  /** Where another service is chosen, when that is on another page. */
  otherSector?: string
}

/** Whose the place is and what it asks: the same for a new place and an existing one. Only what its service has. */
export function SetupFields({ choices, problems, values, otherSector }: SetupFieldsProps) {
  const sector = textIn(values, 'sector')
  const problemOf = (name: string) => problemAt(problems, name)
  const fitting = choices.questionnaires.filter((one) => one.sector === sector)
  const asked = textIn(values, 'questionnaire')
  const chosen = fitting.some(({ code }) => code === asked) ? asked : fitting.length === 1 ? fitting[0]?.code : ''
  return (
    <>
      <SectorFact sector={sector} problem={problemOf('sector')} otherSector={otherSector} />
      <Pick
        name="agency"
        label="Đơn vị"
        problem={problemOf('agency')}
        chosen={textIn(values, 'agency')}
        options={choices.agencies.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Pick
        name="questionnaire"
        label="Bộ câu hỏi"
        hint="Phiếu đã có giữ bộ câu hỏi cũ. Người đang trả lời dở khi đổi phải trả lời lại, nên xin đổi ngoài giờ làm việc."
        problem={problemOf('questionnaire')}
        chosen={chosen ?? ''}
        options={fitting.map(({ code, name }) => ({ value: code, label: name }))}
      />
      {sector === 'administrative' ? (
        <OfFiles choices={choices} problems={problems} values={values} />
      ) : (
        <NotOfFiles values={values} />
      )}
    </>
  )
}

type SectorFactProps = { sector: string; problem: string | undefined; otherSector: string | undefined }

const SectorFact = ({ sector, problem, otherSector }: SectorFactProps) => (
  <div class={problem ? 'field has-problem' : 'field'} id="sector">
    <input type="hidden" name="sector" value={sector} />
    <p>
      Loại dịch vụ: <b>{isSector(sector) ? sectorNames[sector] : 'chưa chọn'}</b>
      {otherSector && (
        <>
          {' · '}
          <a href={otherSector}>Chọn loại khác</a>
        </>
      )}
    </p>
    {problem && <p class="field-problem">{problem}</p>}
  </div>
)

/** What only a place that takes files is asked. */
const OfFiles = ({ choices, problems, values }: SetupFieldsProps) => (
  <>
    <FieldChoice choices={choices} problem={problemAt(problems, 'fields')} picked={listIn(values, 'fields')} />
    <Choices
      name="serviceMode"
      legend="Cách nộp hồ sơ"
      problem={problemAt(problems, 'serviceMode')}
      chosen={textIn(values, 'serviceMode') || 'direct'}
      choices={modes}
    />
    <div class="field">
      <label class="choice">
        <input type="checkbox" name="asksRespondent" value="yes" checked={values.asksRespondent === 'yes'} />
        <span>Hỏi Ông/Bà làm việc cho bản thân, gia đình hay cho doanh nghiệp, tổ chức</span>
      </label>
    </div>
  </>
)

/** Elsewhere it stays as it was. */
const NotOfFiles = ({ values }: Pick<SetupFieldsProps, 'values'>) => (
  <>
    <input type="hidden" name="serviceMode" value={textIn(values, 'serviceMode') || 'direct'} />
    {values.asksRespondent === 'yes' && <input type="hidden" name="asksRespondent" value="yes" />}
  </>
)

type SectorStepsProps = { title?: string; current?: string; addressOf: (sector: Sector) => string }

/** The service first: questionnaires and fields follow from it. */
export const SectorSteps = ({ title = 'Nơi này phục vụ việc gì?', current, addressOf }: SectorStepsProps) => (
  <section class="card padded sector-steps">
    <h2>{title}</h2>
    <ul>
      {(Object.keys(sectorNames) as Sector[])
        .filter((sector) => sector !== current)
        .map((sector) => (
          <li key={sector}>
            <a class="button quiet" href={addressOf(sector)}>
              {sectorNames[sector]}
            </a>
          </li>
        ))}
    </ul>
  </section>
)

type FieldChoiceProps = { choices: SetupChoices; problem: string | undefined; picked: string[] }

const FieldChoice = ({ choices, problem, picked }: FieldChoiceProps) => (
  <fieldset class={problem ? 'field has-problem' : 'field'} id="fields">
    <legend>Lĩnh vực</legend>
    <p class="field-hint">
      Chọn một: không hỏi, mọi phiếu thuộc lĩnh vực đó. Chọn nhiều: người trả lời chọn trong các lĩnh vực này.
    </p>
    {problem && <p class="field-problem">{problem}</p>}
    <div class="field-grid">
      {choices.fields.map(({ code, name }) => (
        <label key={code} class="choice">
          <input type="checkbox" name="fields" value={code} checked={picked.includes(code)} />
          <span>{name}</span>
        </label>
      ))}
    </div>
  </fieldset>
)
