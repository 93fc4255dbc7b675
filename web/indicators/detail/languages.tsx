import type { LanguageView } from '../../../server/indicators/apart/contract.ts'
import { Apart, type ApartLook } from './apart.tsx'

const names = {
  rest: 'Tiếng Việt và phiếu chưa tách riêng được',
  km: 'Tiếng Khmer',
  en: 'Tiếng Anh',
}

/** By the language of the form: whole months only, so that nobody can tell one Khmer speaker's answers. */
export const Languages = ({ languages: { parts }, ...look }: ApartLook & { languages: LanguageView }) => (
  <Apart
    id="ngon-ngu"
    heading="Theo ngôn ngữ của phiếu"
    title="Ngôn ngữ"
    names={names}
    parts={parts}
    when={when}
    {...look}
  />
)

const when = {
  apart:
    'Phiếu tiếng Khmer, tiếng Anh chỉ tách riêng theo những tháng đã khép, gộp cho đến khi mỗi nhóm đủ 5 phiếu, để không ai nhận ra một người.',
  few: 'Chưa đủ phiếu tiếng Khmer hay tiếng Anh để tách riêng: cần ít nhất 5 phiếu trong những tháng trọn vẹn đã khép, để không ai nhận ra một người.',
}
