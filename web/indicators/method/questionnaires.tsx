import type { MethodQuestionnaire } from '../../../server/indicators/method/contract.ts'
import { formatDay } from '../../ui/format.ts'
import { formatShare } from '../words.ts'

/** Every question in use with its official number and how likely it is to be asked. */
export const MethodQuestionnaires = ({ questionnaires }: { questionnaires: MethodQuestionnaire[] }) => (
  <section aria-labelledby="bo-cau-hoi">
    <h2 id="bo-cau-hoi">Các bộ câu hỏi đang dùng</h2>
    {questionnaires.length === 0 ? (
      <p>Chưa có bộ câu hỏi nào được ban hành.</p>
    ) : (
      <p>
        Bấm vào từng bộ để xem mọi câu hỏi, số của câu trong danh mục bộ, ngành, và bao nhiêu người được hỏi câu ấy.
      </p>
    )}
    {questionnaires.map((questionnaire) => (
      <OneQuestionnaire key={questionnaire.code} questionnaire={questionnaire} />
    ))}
  </section>
)

function OneQuestionnaire({ questionnaire }: { questionnaire: MethodQuestionnaire }) {
  const { code, version, definition, isHousehold, askedPerResponse, probability, versions } = questionnaire
  return (
    <details id={`bo-${code}`}>
      <summary>
        {definition.title.vi}
        <small>
          phiên bản {version} · {probability.length} tiêu chí
          {isHousehold ? ' · hỏi đủ, trong đợt khảo sát hộ gia đình' : ` · mỗi phiếu hỏi\u00a0${askedPerResponse}`}
        </small>
      </summary>
      <p class="method-small">Căn cứ: {definition.source}</p>
      <CriteriaTable questionnaire={questionnaire} />
      <h3>Các phiên bản</h3>
      <ul class="method-history">
        {versions.map((one) => (
          <li key={one.version}>
            <b>Phiên bản {one.version}</b> {spanOf(one)}. {one.reason}
          </li>
        ))}
      </ul>
    </details>
  )
}

function spanOf({ version, from, to }: MethodQuestionnaire['versions'][number]): string {
  if (!from || version === 1) return to ? `(đến ${formatDay(to)})` : '(từ đầu)'
  return to ? `(${formatDay(from)} – ${formatDay(to)})` : `(từ ${formatDay(from)})`
}

function CriteriaTable({ questionnaire: { definition, probability } }: { questionnaire: MethodQuestionnaire }) {
  let position = 0
  return (
    <table class="method-criteria">
      <caption class="unseen">Các tiêu chí của “{definition.title.vi}”</caption>
      <thead>
        <tr>
          <th scope="col">Số</th>
          <th scope="col">Câu hỏi</th>
          <th scope="col">Hỏi bao nhiêu người</th>
        </tr>
      </thead>
      {definition.factors.map((factor) => (
        <tbody key={factor.code}>
          <tr class="method-factor">
            <th scope="rowgroup" colSpan={3}>
              {factor.title.vi}
            </th>
          </tr>
          {factor.criteria.map(({ code, official, text }) => (
            <tr key={code}>
              <td>{official}</td>
              <th scope="row">{text.vi}</th>
              <td>{askedInWords(probability[position++] ?? 1)}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

const askedInWords = (probability: number) => (probability === 1 ? 'mọi người' : formatShare(probability))
