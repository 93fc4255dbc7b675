import type { AssistedView } from '../../../server/indicators/apart/contract.ts'
import { changeWords, differenceInWords } from '../figures.tsx'
import { Apart, type ApartLook } from './apart.tsx'

const names = {
  self: 'Tự trả lời',
  helped: 'Có người giúp bấm hoặc đọc',
  rest: 'Không nói, hoặc chưa tách riêng được',
}

/** Whoever is helped may not be alone with the answer: both kinds beside each other, in whole months. */
export const Assisted = ({ assisted: { parts, difference }, ...look }: ApartLook & { assisted: AssistedView }) => (
  <Apart
    id="tu-tra-loi"
    heading="Tự trả lời và có người giúp"
    title="Ai bấm, ai đọc"
    names={names}
    parts={parts}
    when={when}
    {...look}
  >
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
  </Apart>
)

const when = {
  apart:
    'Người dân tự cho biết ở cuối phiếu; không đổi điểm, không đổi việc phiếu được tính hay để riêng. Chỉ tách theo những tháng đã khép, gộp cho đến khi mỗi bên đủ 5 phiếu.',
  few: 'Chưa đủ phiếu để tách riêng: mỗi bên cần ít nhất 5 phiếu trong những tháng trọn vẹn đã khép, để không ai nhận ra một người.',
}
