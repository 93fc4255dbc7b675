import type { AssistedView } from '../../../server/indicators/apart/contract.ts'
import { chooseScale } from '../../ui/charts/scale.ts'
import { changeWords, differenceInWords } from '../figures.tsx'
import { PartTable } from '../parts.tsx'

const names: Record<AssistedView['parts'][number]['key'], string> = {
  self: 'Tự trả lời',
  helped: 'Có người giúp bấm hoặc đọc',
  rest: 'Không nói, hoặc chưa tách riêng được',
}

type AssistedProps = { assisted: AssistedView; target: number; watched: boolean; whole: boolean }

/** Whoever is helped may not be alone with the answer: both kinds beside each other, in whole months. */
export function Assisted({ assisted: { parts, difference }, target, watched, whole }: AssistedProps) {
  const rows = parts.map((part) => ({ ...part, label: names[part.key] }))
  const scale = chooseScale(
    parts.map(({ score }) => score),
    [target],
  )
  return (
    <section class="card" aria-labelledby="tu-tra-loi">
      <h2 id="tu-tra-loi" class="card-title">
        Tự trả lời và có người giúp
      </h2>
      <p class="card-note">{rows.length > 0 ? whenApart : whenFew}</p>
      {rows.length > 0 && (
        <PartTable title="Ai bấm, ai đọc" parts={rows} target={target} scale={scale} watched={watched} whole={whole} />
      )}
      {rows.length > 0 && (
        <p class="card-note">
          {difference ? (
            <>
              Có người giúp so với tự trả lời: {differenceInWords(difference)}:{' '}
              <b>{changeWords.between[difference.change]}</b>.
            </>
          ) : (
            'Chưa đủ 20 phiếu mỗi bên để nói chênh lệch.'
          )}
        </p>
      )}
    </section>
  )
}

const whenApart =
  'Người dân tự cho biết ở cuối phiếu; không đổi điểm, không đổi việc phiếu được tính hay để riêng. Chỉ tách theo những tháng đã khép, gộp cho đến khi mỗi bên đủ 5 phiếu.'
const whenFew =
  'Chưa đủ phiếu để tách riêng: mỗi bên cần ít nhất 5 phiếu trong những tháng trọn vẹn đã khép, để không ai nhận ra một người.'
