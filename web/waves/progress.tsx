import type { StratumProgress, WaveProgress, WaveView } from '../../server/waves/contract.ts'
import { formatInteger, formatWholePercent } from '../ui/format.ts'
import { ErrorRate } from './results.tsx'
import { channelName } from './words.ts'

type ProgressProps = { wave: WaveView; progress: WaveProgress }

/** Counts move at once; scores stand apart and wait for the day to be over. */
export function Progress({ wave, progress }: ProgressProps) {
  return (
    <section class="card wave-progress">
      <div class="wave-figures">
        <Figure
          value={formatInteger(progress.counted)}
          name={progress.planned ? `trên ${formatInteger(progress.planned)} phiếu dự kiến` : 'phiếu được tính'}
        />
        <Figure value={formatInteger(progress.received)} name="phiếu nhận được" />
        <Figure value={formatInteger(progress.setAside)} name="phiếu để riêng, không tính" />
        <Figure value={formatInteger(progress.typed)} name={typedInWords(progress)} />
      </div>
      <p class="wave-check">
        <ErrorRate check={progress.check} />
        {progress.toCheck > 0 && ` Còn ${formatInteger(progress.toCheck)} phiếu trong mẫu kiểm tra chờ nhập lần hai.`}
      </p>
      <table class="listing wave-table">
        <caption class="unseen">Phiếu được tính theo địa bàn và cách trả lời</caption>
        <thead>
          <tr>
            <th scope="col">Địa bàn</th>
            {wave.channels.map((channel) => (
              <th key={channel} scope="col" class="number">
                {channelName(channel)}
              </th>
            ))}
            <th scope="col" class="number">
              Được tính
            </th>
            <th scope="col">So với dự kiến</th>
          </tr>
        </thead>
        <tbody>
          {progress.strata.map((stratum) => (
            <StratumRow key={stratum.name} stratum={stratum} wave={wave} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Figure = ({ value, name }: { value: string; name: string }) => (
  <p>
    <b>{value}</b> <span>{name}</span>
  </p>
)

const typedInWords = ({ typedLate }: WaveProgress) =>
  typedLate > 0 ? `phiếu đã nhập, ${formatInteger(typedLate)} phiếu nhập sau ngày cuối` : 'phiếu đã nhập bằng tay'

function StratumRow({ stratum, wave }: { stratum: StratumProgress; wave: WaveView }) {
  return (
    <tr>
      <th scope="row">
        {stratum.name ?? 'Không rõ địa bàn'}
        {stratum.name === null && wave.strata.length > 0 && <small>phiếu quét mã, qua liên kết</small>}
      </th>
      {stratum.byChannel.map(({ channel, counted }) => (
        <td key={channel} class="number">
          <span class="narrow-only">{channelName(channel)}: </span>
          {formatInteger(counted)}
        </td>
      ))}
      <td class="number">
        <span class="narrow-only">Được tính: </span>
        <b>{formatInteger(stratum.counted)}</b>
      </td>
      <td>{stratum.planned ? <Reached counted={stratum.counted} planned={stratum.planned} /> : ''}</td>
    </tr>
  )
}

function Reached({ counted, planned }: { counted: number; planned: number }) {
  const share = Math.min(100, Math.floor((100 * counted) / planned))
  return (
    <span class="wave-reached">
      <svg width="100%" height="8" aria-hidden="true">
        <rect class="wave-reached-all" width="100%" height="8" rx="4" />
        <rect class="wave-reached-part" width={`${share}%`} height="8" rx="4" />
      </svg>
      <small>
        {formatWholePercent(Math.floor((100 * counted) / planned))} của {formatInteger(planned)}
      </small>
    </span>
  )
}
