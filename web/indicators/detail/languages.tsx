import type { LanguageView } from '../../../server/indicators/apart/contract.ts'
import { chooseScale } from '../../ui/charts/scale.ts'
import { PartTable } from '../parts.tsx'

const names: Record<LanguageView['parts'][number]['key'], string> = {
  rest: 'Tiếng Việt và phiếu chưa tách riêng được',
  km: 'Tiếng Khmer',
  en: 'Tiếng Anh',
}

type LanguagesProps = { languages: LanguageView; target: number; watched: boolean; whole: boolean }

/** By the language of the form: whole months only, so that nobody can tell one Khmer speaker's answers. */
export function Languages({ languages: { parts }, target, watched, whole }: LanguagesProps) {
  const title = 'Theo ngôn ngữ của phiếu'
  const rows = parts.map((part) => ({ ...part, label: names[part.key] }))
  const scale = chooseScale(
    parts.map(({ score }) => score),
    [target],
  )
  return (
    <section class="card" aria-labelledby="ngon-ngu">
      <h2 id="ngon-ngu" class="card-title">
        {title}
      </h2>
      <p class="card-note">
        {rows.length > 0
          ? 'Phiếu tiếng Khmer, tiếng Anh chỉ tách riêng theo những tháng đã khép, gộp cho đến khi mỗi nhóm đủ 5 phiếu, để không ai nhận ra một người.'
          : 'Chưa đủ phiếu tiếng Khmer hay tiếng Anh để tách riêng: cần ít nhất 5 phiếu trong những tháng trọn vẹn đã khép, để không ai nhận ra một người.'}
      </p>
      {rows.length > 0 && (
        <PartTable title="Ngôn ngữ" parts={rows} target={target} scale={scale} watched={watched} whole={whole} />
      )}
    </section>
  )
}
