import { channelOrder, startedChannel } from './words.ts'

type Chosen<T> = { chosen: T; problem: string | undefined }

export const FormulaChoice = ({ chosen, problem }: Chosen<string>) => (
  <fieldset class="field" id="formula">
    <legend>Công thức</legend>
    {problem && <p class="field-problem">{problem}</p>}
    <Choice type="radio" name="formula" value="pooled" checked={chosen !== 'stratified'} label="Tính gộp">
      Mọi người trả lời nặng như nhau. Dùng được ngay, không cần số lượt.
    </Choice>
    <Choice
      type="radio"
      name="formula"
      value="stratified"
      checked={chosen === 'stratified'}
      label="Tính theo lượt phục vụ"
    >
      Mỗi nơi (hoặc lĩnh vực) nặng theo số lượt của nó, dù nơi đó thu được ít hay nhiều phiếu. Cần ghi số lượt; chưa có
      số lượt thì chưa có điểm.
    </Choice>
  </fieldset>
)

export const ChannelChoice = ({ all, chosen, problem }: Chosen<string[]> & { all: boolean }) => (
  <fieldset class="field" id="channels">
    <legend>Nhận phiếu theo cách trả lời nào</legend>
    {problem && <p class="field-problem">{problem}</p>}
    <Choice type="radio" name="allChannels" value="yes" checked={all} label="Mọi cách trả lời" />
    <Choice type="radio" name="allChannels" value="no" checked={!all} label="Chỉ những cách được chọn dưới đây" />
    <div class="choice-list">
      {channelOrder.map((channel) => (
        <Choice
          key={channel}
          type="checkbox"
          name="channels"
          value={channel}
          checked={chosen.includes(channel)}
          label={startedChannel(channel)}
        />
      ))}
    </div>
  </fieldset>
)

export const FieldChoice = ({
  fields,
  chosen,
  problem,
}: Chosen<string[]> & { fields: { code: string; name: string }[] }) => (
  <fieldset class="field" id="fields">
    <legend>Lĩnh vực được tính</legend>
    {problem && <p class="field-problem">{problem}</p>}
    <div class="choice-list">
      {fields.map(({ code, name }) => (
        <Choice key={code} type="checkbox" name="fields" value={code} checked={chosen.includes(code)} label={name} />
      ))}
    </div>
  </fieldset>
)

type ChoiceProps = {
  type: 'radio' | 'checkbox'
  name: string
  value: string
  checked: boolean
  label: string
  children?: string
}

const Choice = ({ type, name, value, checked, label, children }: ChoiceProps) => (
  <label class="choice">
    <input type={type} name={name} value={value} checked={checked} />
    <span>
      {label}
      {children && <small>{children}</small>}
    </span>
  </label>
)
