import type { CommuneView } from '../../server/overview/commune-contract.ts'
import { outlookBasis, outlookInWords } from '../indicators/detail/outlook.tsx'
import { termName } from '../indicators/term-choice.tsx'
import { Unbroken } from '../ui/unbroken.tsx'

/** Every target of a running term: what the rest must reach, and how sure the end will be. */
export function Outlooks({ view: { indicators, term } }: { view: CommuneView }) {
  const looked = indicators.flatMap(({ indicator, outlook }) => (outlook ? [{ indicator, outlook }] : []))
  if (looked.length === 0) return null
  return (
    <section class="card padded" aria-labelledby="cuoi-ky">
      <h2 id="cuoi-ky">Cuối kỳ sẽ ra sao: {termName(term).toLowerCase()}</h2>
      <dl class="outlooks">
        {looked.map(({ indicator: { code, dueFrom }, outlook }) => (
          <div key={code}>
            <dt class="indicator-code">{code}</dt>
            <dd>
              <Unbroken text={outlookInWords({ outlook, dueFrom }).join(' ')} />
            </dd>
          </div>
        ))}
      </dl>
      <p class="outlook-basis">{outlookBasis}</p>
    </section>
  )
}
