import type { Score, Verdict } from '../../server/score/contract.ts'
import type { WaveState } from '../../server/waves/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger, formatInterval, formatPercent } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { VerdictWord } from '../ui/verdict-word.tsx'
import { stateName } from './words.ts'

export type WaveLine = {
  id: number
  name: string
  owner: string
  state: WaveState
  opensOn: string
  closesOn: string
  planned: number
  received: number
  result: { score: Score; verdict: Verdict; target: number } | null
}

export type WavesPageProps = { waves: WaveLine[]; cancelled: boolean; mayPlan: boolean; shell: Shell }

/** Waves by where they stand; a first page without any says what a wave is. */
export function renderWavesPage({ waves, cancelled, mayPlan, shell }: WavesPageProps, assets: StaffAssets): string {
  const title = 'Đợt khảo sát'
  const inState = (...states: WaveState[]) => waves.filter(({ state }) => states.includes(state))
  const children = (
    <>
      <PageHead title={title} lead="Có ngày bắt đầu, ngày kết thúc, kế hoạch mẫu; kết thúc rồi thì số được giữ nguyên.">
        {waves.length > 0 && mayPlan && <NewWaveLink />}
      </PageHead>
      {cancelled && <Notice kind="done" title="Đã hủy đợt chưa bắt đầu" />}
      {waves.length === 0 && <FirstWave mayPlan={mayPlan} />}
      <WaveGroup title="Đang chạy" waves={inState('open', 'due')} />
      <WaveGroup title="Sắp mở" waves={inState('planned')} />
      <WaveGroup title="Đã kết thúc" waves={inState('closed')} />
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const NewWaveLink = () => (
  <a class="button" href={links.newWave}>
    Lập đợt khảo sát
  </a>
)

const FirstWave = ({ mayPlan }: { mayPlan: boolean }) => (
  <section class="card empty-day">
    <h2>Chưa có đợt khảo sát nào</h2>
    <p class="lead">
      Mã QR thu ý kiến người tự muốn nói. Đợt khảo sát hỏi đúng những người cần hỏi: mỗi năm một lần với hộ gia đình,
      người bệnh, phụ huynh.
    </p>
    <ol class="steps">
      <li>
        <b>Lập kế hoạch</b>: bộ câu hỏi, ngày, cách trả lời, các ấp hoặc trường với số dân. Số phiếu cần thu được tính
        sẵn.
      </li>
      <li>
        <b>Thu phiếu</b>: in phiếu giấy, đi phỏng vấn rồi nhập bằng phím số; phiếu quét mã trong những ngày ấy tự vào
        đợt.
      </li>
      <li>
        <b>Kết thúc</b>: kết quả được giữ nguyên với khoảng tin cậy, không phiếu nào đến sau làm đổi số nữa.
      </li>
    </ol>
    {mayPlan && (
      <p class="empty-day-actions">
        <NewWaveLink />
      </p>
    )}
  </section>
)

function WaveGroup({ title, waves }: { title: string; waves: WaveLine[] }) {
  if (waves.length === 0) return null
  return (
    <section class="card wave-group">
      <h2>{title}</h2>
      <ul>
        {waves.map((wave) => (
          <WaveItem key={wave.id} wave={wave} />
        ))}
      </ul>
    </section>
  )
}

const WaveItem = ({ wave }: { wave: WaveLine }) => (
  <li class="wave-item">
    <div>
      <h3>
        <a href={links.wave(wave.id)}>{wave.name}</a>
      </h3>
      <p>
        {wave.owner} · {formatDay(wave.opensOn)} – {formatDay(wave.closesOn)}
      </p>
    </div>
    <div class="wave-item-stand">{wave.result ? <Result result={wave.result} /> : <Count wave={wave} />}</div>
  </li>
)

function Result({ result: { score, verdict, target } }: { result: NonNullable<WaveLine['result']> }) {
  if (score.score === null || score.lower === null || score.upper === null) return <p>Không có phiếu nào</p>
  return (
    <>
      <p>
        <b>{formatPercent(score.score, target)}</b> ({formatInterval(score.lower, score.upper, target)}),{' '}
        {formatInteger(score.responses)} phiếu
      </p>
      <VerdictWord verdict={verdict} provisional={false} />
    </>
  )
}

const Count = ({ wave }: { wave: WaveLine }) => (
  <>
    <p>
      {wave.state === 'planned'
        ? `Dự kiến ${formatInteger(wave.planned)} phiếu`
        : `${formatInteger(wave.received)}${wave.planned ? ` trên ${formatInteger(wave.planned)}` : ''} phiếu`}
    </p>
    <Tag kind={wave.state === 'due' ? 'warn' : 'plain'}>{stateName(wave.state)}</Tag>
  </>
)
