import type { Choice } from '../../server/cases/view-contract.ts'

type AgencyChoiceProps = { action: string; label: string; agencies: Choice[]; chosen: string }

/** Of which agency a page is, where somebody reads several. */
export const AgencyChoice = ({ action, label, agencies, chosen }: AgencyChoiceProps) => (
  <form class="case-filters" method="get" action={action}>
    <label class="case-filter">
      <span>{label}</span>
      <select name="co-quan">
        {agencies.map(({ value, label }) => (
          <option key={value} value={value} selected={value === chosen}>
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
