import type { WaveSnapshot } from '../../server/catalogue/wave-snapshot-contract.ts'
import type { Problem } from '../../server/problems.ts'
import type { WaveProgress, WaveResult, WaveView } from '../../server/waves/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ProblemList } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { CancelWave, CloseWave } from './close.tsx'
import { ChangePlan } from './plan.tsx'
import { Progress } from './progress.tsx'
import { ClosedResult, ProvisionalResult } from './results.tsx'
import { channelList, daysLeftInWords, formulaName, stateName } from './words.ts'

export type WavePageProps = {
  wave: WaveView
  /** While forms come in. */
  progress: WaveProgress | null
  /** Once closed, made from the snapshot alone. */
  closed: { result: WaveResult; snapshot: WaveSnapshot; closedBy: string } | null
  /** As typed before a refusal. */
  values: Record<string, string>
  problems: Problem[]
  saved: boolean
  /** What the reader may do with this very wave. */
  may: { change: boolean; enter: boolean }
  shell: Shell
}

/** One wave: its plan before it begins, its progress while it runs, its frozen result afterwards. */
export function renderWavePage(props: WavePageProps, assets: StaffAssets): string {
  const { wave, progress, closed, problems, may, shell } = props
  const lead = `${wave.owner} · ${formatDay(wave.opensOn)} – ${formatDay(wave.closesOn)} · ${stateInWords(wave, progress)}`
  const children = (
    <>
      <p class="back">
        <a href={links.waves}>‹ Đợt khảo sát</a>
      </p>
      <PageHead title={wave.name} lead={lead}>
        {wave.state !== 'closed' && <Doors wave={wave} mayEnter={may.enter} />}
      </PageHead>
      {props.saved && problems.length === 0 && <Notice kind="done" title="Đã lưu kế hoạch" />}
      {problems.length > 0 && <ProblemList title="Chưa làm được, xin xem lại:" problems={problems} />}
      {wave.questionnaire.superseded && wave.state !== 'closed' && <Superseded />}
      {closed && <ClosedResult {...closed} wave={wave} />}
      {progress && <Progress wave={wave} progress={progress} />}
      {progress && <ProvisionalResult result={progress.result} />}
      <Facts wave={wave} />
      {may.change && wave.state === 'planned' && <ChangePlan wave={wave} values={props.values} problems={problems} />}
      {may.change && wave.state === 'planned' && <CancelWave wave={wave} />}
      {may.change && (wave.state === 'open' || wave.state === 'due') && <CloseWave {...props} />}
    </>
  )
  return renderStaffPage({ title: wave.name, shell, children }, assets)
}

const stateInWords = (wave: WaveView, progress: WaveProgress | null) =>
  progress ? daysLeftInWords(progress.daysLeft) : stateName(wave.state)

/** What one comes here to do while the wave runs. */
function Doors({ wave, mayEnter }: { wave: WaveView; mayEnter: boolean }) {
  const takesForms = wave.channels.includes('paper') || wave.channels.includes('interview')
  if (!takesForms) return null
  return (
    <p class="wave-doors">
      {mayEnter && wave.state !== 'planned' && (
        <a class="button" href={links.enterForms(wave.id)}>
          Nhập phiếu
        </a>
      )}
      {mayEnter && wave.state !== 'planned' && (
        <a class="button quiet" href={links.checkForms(wave.id)}>
          Nhập kiểm tra
        </a>
      )}
      <a class="button quiet" href={links.paperForm(wave.id)}>
        In phiếu giấy
      </a>
    </p>
  )
}

const Superseded = () => (
  <Notice kind="warning" title="Bộ câu hỏi đã có phiên bản mới hơn phiên bản của đợt này">
    <p>Phiếu giấy và phỏng vấn vẫn theo phiên bản của đợt. Phiếu quét mã theo phiên bản mới nên không vào đợt.</p>
  </Notice>
)

/** The plan as it was fixed. */
function Facts({ wave }: { wave: WaveView }) {
  const { questionnaire, strata } = wave
  const people = strata.reduce((sum, { population }) => sum + population, 0)
  const planned = strata.reduce((sum, stratum) => sum + stratum.planned, 0)
  return (
    <section class="card padded wave-facts">
      <h2>Kế hoạch của đợt</h2>
      <dl>
        <Fact
          name="Bộ câu hỏi"
          value={<a href={links.questionnaire(questionnaire.code, questionnaire.version)}>{questionnaire.title}</a>}
          note={`phiên bản ${questionnaire.version}`}
        />
        <Fact name="Cách trả lời" value={channelList(wave.channels)} />
        <Fact name="Cách tính" value={formulaName(wave.formula)} />
        <Fact
          name="Chọn người"
          value={wave.drawnFromList ? 'chọn ngẫu nhiên từ danh sách' : 'không chọn từ danh sách'}
        />
        {strata.length > 0 && (
          <Fact
            name="Mẫu"
            value={`${formatInteger(planned)} phiếu trên ${formatInteger(people)} người hoặc hộ, ${strata.length} địa bàn`}
          />
        )}
      </dl>
      {wave.state === 'planned' && strata.length > 0 && <PlannedStrata strata={strata} />}
    </section>
  )
}

const Fact = ({ name, value, note }: { name: string; value: preact.ComponentChildren; note?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value}
      {note && `, ${note}`}
    </dd>
  </div>
)

const PlannedStrata = ({ strata }: { strata: WaveView['strata'] }) => (
  <table class="listing wave-table">
    <thead>
      <tr>
        <th scope="col">Địa bàn</th>
        <th scope="col" class="number">
          Dân số, số hộ
        </th>
        <th scope="col" class="number">
          Phiếu dự kiến
        </th>
      </tr>
    </thead>
    <tbody>
      {strata.map(({ name, population, planned }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td class="number">
            {formatInteger(population)}
            <span class="narrow-only"> người hoặc hộ</span>
          </td>
          <td class="number">
            {formatInteger(planned)}
            <span class="narrow-only"> phiếu dự kiến</span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
