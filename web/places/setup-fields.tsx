import type { SetupChoices } from '../../server/places/contract.ts'
import { Choices, listIn, Pick, type Problem, problemIn, textIn, type Values } from './form-parts.tsx'

export const sectorNames = {
  administrative: 'Thủ tục hành chính',
  health: 'Khám bệnh, tiêm chủng',
  education: 'Giáo dục',
} as const

const modes = [
  { value: 'ask', label: 'Hỏi người trả lời', hint: 'Khi điểm nhận cả hồ sơ tại quầy và qua mạng.' },
  { value: 'direct', label: 'Luôn tại chỗ' },
  { value: 'online', label: 'Luôn qua mạng' },
]

type SetupFieldsProps = { choices: SetupChoices; problems: Problem[]; values: Values }

/** Whose the place is and what it asks: the same for a new place and an existing one. */
export function SetupFields({ choices, problems, values }: SetupFieldsProps) {
  const problemOf = (name: string) => problemIn(problems, name)
  return (
    <>
      <Pick
        name="agency"
        label="Cơ quan"
        problem={problemOf('agency')}
        chosen={textIn(values, 'agency')}
        options={choices.agencies.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Choices
        name="sector"
        legend="Loại dịch vụ"
        problem={problemOf('sector')}
        chosen={textIn(values, 'sector')}
        choices={Object.entries(sectorNames).map(([value, label]) => ({ value, label }))}
      />
      <Pick
        name="questionnaire"
        label="Bộ câu hỏi"
        hint="Phiếu đã có giữ bộ câu hỏi cũ. Người đang trả lời dở khi đổi phải trả lời lại, nên xin đổi ngoài giờ làm việc."
        problem={problemOf('questionnaire')}
        chosen={textIn(values, 'questionnaire')}
        options={choices.questionnaires.map(({ code, name, sector }) => ({
          value: code,
          label: name,
          group: sectorNames[sector],
        }))}
      />
      <FieldChoice choices={choices} problem={problemOf('fields')} picked={listIn(values, 'fields')} />
      <Choices
        name="serviceMode"
        legend="Cách nộp hồ sơ"
        problem={problemOf('serviceMode')}
        chosen={textIn(values, 'serviceMode') || 'direct'}
        choices={modes}
      />
      <div class="field">
        <label class="choice">
          <input type="checkbox" name="asksRespondent" value="yes" checked={values.asksRespondent === 'yes'} />
          <span>
            Hỏi Ông/Bà làm việc cho bản thân, gia đình hay cho doanh nghiệp, tổ chức
            <small>Thường chỉ cần ở điểm làm thủ tục hành chính.</small>
          </span>
        </label>
      </div>
    </>
  )
}

type FieldChoiceProps = { choices: SetupChoices; problem: string | undefined; picked: string[] }

const FieldChoice = ({ choices, problem, picked }: FieldChoiceProps) => (
  <fieldset class={problem ? 'field has-problem' : 'field'} id="fields">
    <legend>Lĩnh vực (chỉ với thủ tục hành chính)</legend>
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
