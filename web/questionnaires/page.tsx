import type { ExtraQuestion, Factor, Questionnaire, Text } from '../../server/catalogue/contract.ts'
import { links } from '../links.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { VersionActions, VersionHistory, type VersionLife, VersionWeight } from './life.tsx'
import { type ReviewState, TranslationReview } from './translation-review.tsx'
import { extraKinds, sectorName, statusName } from './words.ts'

export type QuestionnairePageProps = {
  questionnaire: Questionnaire
  status: string
  reviewed: ReviewState[]
  /** Left out where the page is shown without its history. */
  life?: VersionLife
  /** What the reader may do with this very questionnaire. */
  may: { change: boolean; review: boolean; record: boolean }
  shell: Shell
}

export function renderQuestionnairePage(props: QuestionnairePageProps, assets: StaffAssets): string {
  const { questionnaire, status, reviewed, life, may, shell } = props
  const { code, version, title, sector, source, factors, extra } = questionnaire
  const lead = `${sectorName(sector)} · ${code} · phiên bản ${version} · ${statusName(status)}`
  const children = (
    <>
      <p class="back">
        <a href={links.questionnaires}>‹ Bộ câu hỏi</a>
      </p>
      <PageHead title={title.vi} lead={lead} />
      <p class="questionnaire-source">Căn cứ: {source}</p>
      {life && <VersionActions life={life} mayChange={may.change} />}
      {may.record && status === 'published' && (
        <p class="version-actions">
          <a class="button quiet" href={links.recordings(code)}>
            Bản ghi âm để nghe đọc
          </a>
        </p>
      )}
      {life && <VersionHistory life={life} />}
      <section class="card reviews" aria-label="Duyệt bản dịch">
        {reviewed.map((state) => (
          <TranslationReview key={state.language} questionnaire={questionnaire} state={state} mayReview={may.review} />
        ))}
      </section>
      {life && <VersionWeight weight={life.weight} />}
      <CriteriaTable factors={factors} extra={extra} />
    </>
  )
  return renderStaffPage({ title: `${title.vi}, phiên bản ${version}`, shell, children }, assets)
}

/** One table for all languages: a reviewer reads across, an owner reads down. */
const CriteriaTable = ({ factors, extra }: { factors: Factor[]; extra: ExtraQuestion[] }) => (
  <section class="card">
    <table class="criteria">
      <caption class="unseen">Các câu hỏi trong ba thứ tiếng</caption>
      <thead>
        <tr>
          <th scope="col">Số tiêu chí</th>
          <th scope="col">Tiếng Việt</th>
          <th scope="col">Tiếng Anh</th>
          <th scope="col">Tiếng Khmer</th>
          <th scope="col">Cách hỏi</th>
        </tr>
      </thead>
      {factors.map((factor) => (
        <FactorRows key={factor.code} factor={factor} />
      ))}
      {extra.length > 0 && <ExtraRows extra={extra} />}
    </table>
  </section>
)

const FactorRows = ({ factor }: { factor: Factor }) => (
  <tbody>
    <tr class="factor">
      <th scope="rowgroup">Nhóm</th>
      <TextCells text={factor.title} />
      <td>{factor.draw > 0 && `mỗi phiếu rút ${factor.draw} câu luân phiên`}</td>
    </tr>
    {factor.criteria.map(({ code, official, core, noOpinion, text }) => (
      <tr key={code}>
        <th scope="row">{official}</th>
        <TextCells text={text} />
        <td class="criterion-asked">
          {core ? 'mọi phiếu' : 'luân phiên'}
          {noOpinion && <small>có “không ý kiến”</small>}
        </td>
      </tr>
    ))}
  </tbody>
)

const ExtraRows = ({ extra }: { extra: ExtraQuestion[] }) => (
  <tbody>
    <tr class="factor">
      <th scope="rowgroup" colSpan={5}>
        Câu hỏi thêm: không bắt buộc, không tính vào điểm
      </th>
    </tr>
    {extra.map(({ code, kind, text, choices = [] }) => (
      <tr key={code}>
        <th scope="row">{code}</th>
        <TextCells text={text} />
        <td class="criterion-asked">
          {extraKinds[kind]}
          {choices.length > 0 && <small>{choices.map((choice) => choice.text.vi).join(' · ')}</small>}
        </td>
      </tr>
    ))}
  </tbody>
)

const TextCells = ({ text }: { text: Text }) => (
  <>
    <td>{text.vi}</td>
    <td lang="en">{text.en}</td>
    <td lang="km">{text.km}</td>
  </>
)
