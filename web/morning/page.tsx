import type { Choice } from '../../server/cases/view-contract.ts'
import type { MorningFacts } from '../../server/morning/contract.ts'
import { AgencyChoice } from '../cases/agency-choice.tsx'
import { links } from '../links.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { morningSentences, morningText, morningTitle } from './sentences.ts'

export type MorningPageProps = { facts: MorningFacts; agencies: Choice[]; shell: Shell }

/** Yesterday on a telephone: to read, to copy into a group, or to send as a picture. */
export function renderMorningPage({ facts, agencies, shell }: MorningPageProps, assets: StaffAssets): string {
  const { agency } = facts
  const title = 'Bản tin sáng'
  const children = (
    <>
      <p class="back">
        <a href={links.today()}>‹ Hôm nay</a>
      </p>
      <PageHead title={title} lead="Số liệu ngày đã khép, để đọc trên điện thoại và gửi vào nhóm Zalo của đơn vị." />
      {agencies.length > 1 && (
        <AgencyChoice action={links.morning()} label="Đơn vị" agencies={agencies} chosen={agency.code} />
      )}
      <section class="card padded morning column">
        <h2>{morningTitle(facts)}</h2>
        {morningSentences(facts).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {facts.due && (
          <p>
            <a href={links.cases()}>Mở các ý kiến</a>
          </p>
        )}
      </section>
      <Copy text={morningText(facts)} />
      <Picture facts={facts} />
      <p class="morning-note">
        Tính trên mọi phiếu được tính của ngày đã khép, mọi cách trả lời; dưới 5 phiếu thì không nêu điểm. Không có lời
        góp ý nào của người dân trong bản tin. <a href={links.method}>Cách tính</a>
      </p>
    </>
  )
  return renderStaffPage({ title: `${title} · ${agency.name}`, shell, islands: ['morning'], children }, assets)
}

/** The button comes with script; without it the text is chosen and copied by hand. */
const Copy = ({ text }: { text: string }) => (
  <section class="card padded morning column" data-morning-copy>
    <label for="ban-tin">Chữ để sao chép</label>
    <textarea id="ban-tin" readOnly rows={9}>
      {text}
    </textarea>
  </section>
)

const Picture = ({ facts }: { facts: MorningFacts }) => (
  <section class="card padded morning column">
    <h2>Ảnh để gửi</h2>
    <img src={links.morningPicture(facts.agency.code)} width="540" alt={morningText(facts)} loading="lazy" />
    <p>
      <a class="button quiet" href={links.morningPicture(facts.agency.code)} download={`ban-tin-${facts.today}.png`}>
        Tải ảnh về
      </a>
    </p>
  </section>
)
