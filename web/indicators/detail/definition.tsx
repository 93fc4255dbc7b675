import type { IndicatorDetail } from '../../../server/indicators/detail/contract.ts'
import { links } from '../../links.ts'
import { definitionInWords, IndicatorHistory } from '../history.tsx'

/** What the number is made of, and what it was made of before. */
export const DefinitionCard = ({ detail, mayChange }: { detail: IndicatorDetail; mayChange: boolean }) => (
  <section class="card padded" aria-labelledby="dinh-nghia">
    <h2 id="dinh-nghia">Chỉ tiêu này được tính thế nào</h2>
    <p>
      Lấy {definitionInWords(detail.definition, detail.fieldNames)}. Điểm là tỷ lệ câu trả lời ở mức “Hài lòng” và “Rất
      hài lòng”. Giải thích đầy đủ ở trang <a href={links.method}>Phương pháp</a>.
    </p>
    <IndicatorHistory versions={detail.versions} fieldNames={detail.fieldNames} />
    {mayChange && (
      <p class="history-change">
        <a class="button quiet" href={links.changeIndicator(detail.indicator.code)}>
          Sửa chỉ tiêu
        </a>
      </p>
    )}
  </section>
)
