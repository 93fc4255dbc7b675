import type { Problem } from '../../server/problems.ts'
import { links } from '../links.ts'
import { DayField } from '../ui/day-field.tsx'
import { Field } from '../ui/field.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ChoiceField, LinesField, type Option, ProblemList, problemAt, SelectField } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { channelName } from './words.ts'

export type WavePlanPageProps = {
  agencies: Option[]
  questionnaires: Option[]
  channels: readonly string[]
  /** As typed before a refusal, or what a new plan begins with. */
  values: Record<string, string[]>
  problems: Problem[]
  shell: Shell
}

/** The plan of a new wave. */
export function renderWavePlanPage(props: WavePlanPageProps, assets: StaffAssets): string {
  const title = 'Lập đợt khảo sát'
  const children = (
    <>
      <p class="back">
        <a href={links.waves}>‹ Đợt khảo sát</a>
      </p>
      <PageHead
        title={title}
        lead="Từ ngày bắt đầu, kế hoạch không sửa được nữa: kết luận không được tùy thuộc vào lúc ta xem số."
      />
      <div class="column">
        {props.problems.length > 0 && <ProblemList title="Chưa lập được đợt, xin sửa:" problems={props.problems} />}
        <form class="card padded wave-form" method="post" action={links.newWave}>
          <WhatPart {...props} />
          <WhenPart {...props} />
          <HowPart {...props} />
          <button type="submit" class="button">
            Lập đợt khảo sát
          </button>
        </form>
      </div>
    </>
  )
  return renderStaffPage({ title, shell: props.shell, islands: ['day'], children }, assets)
}

const firstValue = ({ values }: WavePlanPageProps, name: string) => values[name]?.[0] ?? ''

function WhatPart(props: WavePlanPageProps) {
  const problem = (name: string) => problemAt(props.problems, name)
  return (
    <>
      <Field
        name="name"
        label="Tên đợt"
        hint="Ví dụ: Khảo sát hộ gia đình năm 2026"
        value={firstValue(props, 'name')}
        problem={problem('name')}
        input={{ required: true, maxLength: 120 }}
      />
      <SelectField
        name="owner"
        label="Đơn vị chủ trì"
        value={firstValue(props, 'owner')}
        options={props.agencies}
        empty="Chọn đơn vị"
        problem={problem('owner')}
      />
      <SelectField
        name="questionnaire"
        label="Bộ câu hỏi"
        hint="Cả đợt giữ đúng phiên bản đang dùng hôm nay."
        value={firstValue(props, 'questionnaire')}
        options={props.questionnaires}
        empty="Chọn bộ câu hỏi"
        problem={problem('questionnaire')}
      />
      <ChoiceField
        type="checkbox"
        name="channels"
        label="Cách trả lời"
        hint="Phiếu giấy và phỏng vấn hỏi đủ mọi tiêu chí; các cách khác hỏi như ngày thường."
        values={props.values.channels ?? []}
        options={props.channels.map((channel) => ({ value: channel, label: channelName(channel) }))}
        problem={problem('channels')}
      />
    </>
  )
}

function WhenPart(props: WavePlanPageProps) {
  return (
    <div class="wave-dates">
      <DayField
        name="opensOn"
        label="Ngày bắt đầu"
        value={firstValue(props, 'opensOn')}
        problem={problemAt(props.problems, 'opensOn')}
        required
      />
      <DayField
        name="closesOn"
        label="Ngày cuối nhận phiếu"
        value={firstValue(props, 'closesOn')}
        problem={problemAt(props.problems, 'closesOn')}
        required
      />
    </div>
  )
}

function HowPart(props: WavePlanPageProps) {
  const problem = (name: string) => problemAt(props.problems, name)
  return (
    <>
      <LinesField
        name="strata"
        label="Địa bàn"
        hint={
          <>
            Mỗi dòng một ấp, một trường hoặc một dịch vụ: <code>Tên; số dân hoặc số hộ</code>. Số phiếu dự kiến được
            tính theo n = N / (1 + N × 0,05²) rồi chia theo số dân; muốn tự đặt thì ghi thêm <code>; số phiếu</code>.
          </>
        }
        value={firstValue(props, 'strata')}
        rows={8}
        problem={problem('strata')}
      />
      <ChoiceField
        type="radio"
        name="formula"
        label="Cách tính điểm của đợt"
        values={props.values.formula ?? []}
        options={[
          { value: 'pooled', label: 'Gộp', note: 'Mọi phiếu nặng như nhau.' },
          {
            value: 'stratified',
            label: 'Theo từng địa bàn',
            note: 'Mỗi địa bàn nặng bằng phần dân của mình, dù thu được nhiều hay ít phiếu.',
          },
        ]}
        problem={problem('formula')}
      />
      <ChoiceField
        type="radio"
        name="drawnFromList"
        label="Người trả lời được chọn ngẫu nhiên từ danh sách?"
        values={props.values.drawnFromList ?? []}
        options={[
          { value: 'no', label: 'Không' },
          {
            value: 'yes',
            label: 'Có',
            note: 'Khi hỏi gần hết danh sách, khoảng tin cậy được thu hẹp cho đúng. Chỉ chọn khi thật sự rút thăm từ danh sách.',
          },
        ]}
        problem={problem('drawnFromList')}
      />
    </>
  )
}
