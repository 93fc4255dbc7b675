import type { Problem } from '../../server/problems.ts'
import type { WaveView } from '../../server/waves/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { LinesField, problemAt } from '../ui/problem-fields.tsx'

type ChangePlanProps = { wave: WaveView; values: Record<string, string>; problems: Problem[] }

/** What may change until the opening day; afterwards it is not shown at all. */
export function ChangePlan({ wave, values, problems }: ChangePlanProps) {
  const strata = wave.strata.map(({ name, population, planned }) => `${name}; ${population}; ${planned}`)
  return (
    <section class="card padded column">
      <h2>Sửa kế hoạch</h2>
      <p class="wave-note">Sửa được tên và các địa bàn cho tới trước ngày bắt đầu.</p>
      <form class="wave-form" method="post" action={links.wave(wave.id)}>
        <Field
          name="name"
          label="Tên đợt"
          value={values.name ?? wave.name}
          problem={problemAt(problems, 'name')}
          input={{ required: true, maxLength: 120 }}
        />
        <LinesField
          name="strata"
          label="Địa bàn"
          hint={
            <>
              Mỗi dòng: <code>Tên; số dân hoặc số hộ; số phiếu dự kiến</code>. Bỏ trống số phiếu thì được tính lại.
            </>
          }
          value={values.strata ?? strata.join('\n')}
          rows={Math.min(20, Math.max(6, strata.length + 2))}
          problem={problemAt(problems, 'strata')}
        />
        <button type="submit" class="button">
          Lưu kế hoạch
        </button>
      </form>
    </section>
  )
}
