import type { Problem } from '../../server/problems.ts'
import type { WaveProgress, WaveView } from '../../server/waves/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { formatDay } from '../ui/format.ts'
import { ChoiceField, problemAt } from '../ui/problem-fields.tsx'

type CloseWaveProps = {
  wave: WaveView
  progress: WaveProgress | null
  values: Record<string, string>
  problems: Problem[]
}

/** Closing asks once more; before the last day it also asks why. */
export function CloseWave({ wave, progress, values, problems }: CloseWaveProps) {
  const early = wave.state === 'open'
  const unchecked = progress?.toCheck ?? 0
  return (
    <section class="card padded column">
      <h2>Kết thúc đợt</h2>
      <p class="wave-note">
        Kết quả được giữ nguyên như lúc này và không đổi nữa, kể cả khi có phiếu đến sau hay phiếu được xem lại.
        {unchecked > 0 && ` Còn ${unchecked} phiếu trong mẫu kiểm tra chưa nhập lần hai.`}
      </p>
      <form class="wave-form" method="post" action={links.closeWave(wave.id)}>
        {early && (
          <Field
            name="reason"
            label={`Lý do kết thúc trước ngày ${formatDay(wave.closesOn)}`}
            hint="Lý do được in cạnh kết quả: kết thúc sớm có thể làm lệch kết luận."
            value={values.reason ?? ''}
            problem={problemAt(problems, 'reason')}
            input={{ maxLength: 300, required: true }}
          />
        )}
        <ChoiceField
          type="checkbox"
          name="confirmed"
          label="Xác nhận"
          values={[]}
          options={[{ value: 'yes', label: 'Kết thúc đợt và giữ nguyên kết quả, không mở lại được' }]}
          problem={problemAt(problems, 'confirmed')}
        />
        <button type="submit" class="button">
          Kết thúc đợt
        </button>
      </form>
    </section>
  )
}

/** A wave planned by mistake holds its days against others: before it begins it can be taken away. */
export const CancelWave = ({ wave }: { wave: WaveView }) => (
  <section class="card padded column">
    <h2>Hủy đợt</h2>
    <p class="wave-note">Đợt chưa bắt đầu nên chưa có phiếu nào; hủy rồi có thể lập lại với ngày khác.</p>
    <form method="post" action={links.closeWave(wave.id)}>
      <button type="submit" class="button quiet">
        Hủy đợt này
      </button>
    </form>
  </section>
)
