import type { Harm } from '../../server/indicators/contract.ts'
import type { HealthView, HealthWave, ThemeCount } from '../../server/overview/health-contract.ts'
import { links } from '../links.ts'
import { formatDay, formatInteger, formatPercent } from '../ui/format.ts'
import { Tag } from '../ui/tag.tsx'

/** The criteria that leave most citizens dissatisfied, and what this order is not. */
export function Improve({ harms }: { harms: Harm[] }) {
  return (
    <section class="card" aria-labelledby="cai-thien">
      <h2 id="cai-thien" class="card-title">
        Nên cải thiện điều gì trước
      </h2>
      {harms.length === 0 ? (
        <p class="card-note">Không ai trả lời từ “Bình thường” trở xuống.</p>
      ) : (
        <ImproveTable harms={harms} />
      )}
      <p class="card-note">
        Xếp theo số người chưa hài lòng, ước tính như thể ai cũng được hỏi đủ mọi mục: tỷ lệ trả lời từ “Bình thường”
        trở xuống, nhân với số người mà các câu trả lời ấy đại diện. Thứ tự này cho biết ở đâu có nhiều người chưa hài
        lòng nhất (mỗi câu trả lời có trọng số bằng nghịch đảo xác suất mục ấy được hỏi); nó không cho biết sửa điều nào
        thì điểm chung tăng nhiều nhất.
      </p>
    </section>
  )
}

const ImproveTable = ({ harms }: { harms: Harm[] }) => (
  <table class="listing improve">
    <thead>
      <tr>
        <th scope="col">Mục hỏi</th>
        <th scope="col" class="number">
          Chưa hài lòng
        </th>
        <th scope="col" class="number">
          Ước tính số người
        </th>
      </tr>
    </thead>
    <tbody>
      {harms.map(({ key, label, citizens, share, answered }) => (
        <tr key={key}>
          <th scope="row">{label}</th>
          <td class="number">
            <span class="narrow-only">Chưa hài lòng: </span>
            <b>{formatPercent(share)}</b>
            <small>của {formatInteger(answered)} câu trả lời</small>
          </td>
          <td class="number">khoảng {formatInteger(Math.max(1, citizens))} người</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** What counts as independent, and what is missing where nobody interviewed. */
export const WhatIsIndependent = ({ compared }: { compared: boolean }) => (
  <section class="card padded" aria-labelledby="the-nao-la-doc-lap">
    <h2 id="the-nao-la-doc-lap">Thế nào là khảo sát độc lập</h2>
    <p class="health-words">
      Chỉ phiếu <b>phỏng vấn</b>, do người không thuộc nơi được đánh giá hỏi và ghi, được coi là độc lập. Quét mã QR,
      màn hình tại chỗ, liên kết, giấy hẹn và phiếu giấy đều do nơi phục vụ tự thu, dù người dân tự bấm.
      {!compared && ' Thời gian này chưa có đủ cả hai loại phiếu, nên chưa đặt được hai kết quả cạnh nhau.'}
    </p>
  </section>
)

/** Comments by the theme that staff set; small groups without their number. */
export function Themes({ themes }: { themes: NonNullable<HealthView['themes']> }) {
  return (
    <section class="card padded" aria-labelledby="chu-de">
      <h2 id="chu-de">Ý kiến theo chủ đề</h2>
      {themes.length === 0 ? (
        <p class="health-words">Chưa có ý kiến nào cần xử lý ở các nơi phục vụ y tế trong thời gian này.</p>
      ) : (
        <ul class="theme-counts">
          {themes.map((theme) => (
            <ThemeLine key={theme.name ?? ''} theme={theme} />
          ))}
        </ul>
      )}
      <p class="health-words">
        Ý kiến cần xử lý của mọi nơi phục vụ y tế trong các ngày đã khép, theo chủ đề cán bộ đã gắn; chủ đề dưới 5 ý
        kiến không hiện số. <a href={links.cases()}>Mọi ý kiến</a>
      </p>
    </section>
  )
}

const ThemeLine = ({ theme: { name, count } }: { theme: ThemeCount }) => (
  <li>
    <span>{name ?? 'Chưa gắn chủ đề'}</span>
    <b>{count === null ? 'dưới 5' : formatInteger(count)}</b>
  </li>
)

/** Running waves that ask by a health questionnaire. */
export function Waves({ waves }: { waves: HealthWave[] }) {
  if (waves.length === 0) return null
  return (
    <section class="card padded" aria-labelledby="dot-dang-chay">
      <h2 id="dot-dang-chay">Đợt khảo sát đang chạy</h2>
      <ul class="health-waves">
        {waves.map((wave) => (
          <WaveLine key={wave.id} wave={wave} />
        ))}
      </ul>
    </section>
  )
}

function WaveLine({ wave: { id, name, opensOn, closesOn, state, received, planned } }: { wave: HealthWave }) {
  return (
    <li>
      <p>
        <a href={links.wave(id)}>{name}</a> {state === 'due' && <Tag kind="warn">Hết ngày, chờ kết thúc</Tag>}
      </p>
      <p class="health-wave-words">
        {formatDay(opensOn)} – {formatDay(closesOn)} · đã nhận {formatInteger(received)}
        {planned > 0
          ? ` / ${formatInteger(planned)} phiếu cần thu (${formatPercent((100 * received) / planned)})`
          : ' phiếu'}
      </p>
      {planned > 0 && <progress value={Math.min(received, planned)} max={planned} aria-label={`Mẫu đã thu: ${name}`} />}
    </li>
  )
}
