import type { Gap, Voice, Voices } from '../../server/overview/commune-contract.ts'
import { formatShare, respondentName, startedChannel } from '../indicators/words.ts'
import { links } from '../links.ts'
import { formatInteger, formatPercent } from '../ui/format.ts'

type Division = { id: string; title: string; voices: Voice[]; say: (voice: Voice) => string }

/** Who the scores do not speak for yet: only what gives reason to ask, each with what it means. */
export function MissingVoices({ voices }: { voices: Voices }) {
  return (
    <section class="card padded" aria-labelledby="tieng-noi-vang">
      <h2 id="tieng-noi-vang">Tiếng nói còn vắng</h2>
      <p class="voices-lead">
        Điểm chỉ nói thay cho người đã trả lời. Dưới đây là những phần dân cư có ít hoặc chưa có phiếu so với số lượt
        phục vụ (theo trang Lượt phục vụ), và điều đó có nghĩa gì.
      </p>
      <Silent silent={voices.silent} searchedDays={voices.searchedDays} />
      {divisionsOf(voices).map((division) => (
        <DivisionGaps key={division.id} {...division} />
      ))}
      <h3>Ngôn ngữ trả lời</h3>
      <p>
        Ngôn ngữ của phiếu chưa nằm trong số đếm, nên trang này chưa nói được bao nhiêu người đã trả lời bằng tiếng
        Khmer. Không nên coi điểm chung là tiếng nói của người chỉ đọc được tiếng Khmer.
      </p>
    </section>
  )
}

const divisionsOf = ({ places, fields, channels, respondents }: Voices): Division[] => [
  { id: 'diem', title: 'Nơi phục vụ', voices: places, say: (voice) => wordsOf[voice.gap as Gap](voice) },
  { id: 'linh-vuc', title: 'Lĩnh vực', voices: fields, say: (voice) => wordsOf[voice.gap as Gap](voice) },
  {
    id: 'kenh',
    title: 'Cách trả lời',
    voices: channels.map((voice) => ({ ...voice, name: startedChannel(voice.key) })),
    say: ({ key, responses }) => (responses === 0 ? (unusedChannel[key] ?? nobody) : few(responses)),
  },
  {
    id: 'nguoi',
    title: 'Người dân và doanh nghiệp',
    voices: respondents
      .filter(({ key }) => key !== 'unstated')
      .map((voice) => ({ ...voice, name: respondentName(voice.key) })),
    say: ({ key, responses }) => (responses === 0 ? (unheardRespondent[key] ?? nobody) : few(responses)),
  },
]

function DivisionGaps({ id, title, voices, say }: Division) {
  const gaps = voices.filter(({ gap }) => gap !== null)
  const rest = voices.length - gaps.length
  return (
    <>
      <h3 id={`vang-${id}`}>{title}</h3>
      {gaps.length === 0 ? (
        <p>Chưa thấy phần nào còn vắng tiếng nói.</p>
      ) : (
        <ul class="voices" aria-labelledby={`vang-${id}`}>
          {gatherAlike(gaps, say).map(({ words, voices: alike }) => (
            <AlikeVoices key={words} words={words} voices={alike} />
          ))}
        </ul>
      )}
      {gaps.length > 0 && rest > 0 && (
        <p class="voices-rest">{formatInteger(rest)} phần còn lại không có dấu hiệu vắng tiếng nói.</p>
      )}
    </>
  )
}

/** Many parts of which the same is to be said are said once. */
function gatherAlike(voices: Voice[], say: Division['say']): { words: string; voices: Voice[] }[] {
  const gathered = new Map<string, Voice[]>()
  for (const voice of voices) gathered.set(say(voice), [...(gathered.get(say(voice)) ?? []), voice])
  return [...gathered].map(([words, alike]) => ({ words, voices: alike }))
}

const AlikeVoices = ({ words, voices }: { words: string; voices: Voice[] }) => (
  <li>
    {voices.every(({ responses, visits }) => responses === 0 && visits === null) ? (
      <p class="voice-name">
        {voices.map((voice, index) => (
          <span key={voice.key}>
            {index > 0 && '; '}
            <VoiceName {...voice} />
          </span>
        ))}
      </p>
    ) : (
      voices.map((voice) => (
        <p class="voice-name" key={voice.key}>
          <VoiceName {...voice} /> <span>{countsInWords(voice)}</span>
        </p>
      ))
    )}
    <p>{words}</p>
  </li>
)

/** A place leads to its own page. */
const VoiceName = ({ code, name }: Pick<Voice, 'code' | 'name'>) => (
  <b>{code ? <a href={links.todayPlace(code)}>{name}</a> : name}</b>
)

function countsInWords({ responses, share, visits, rate }: Voice): string {
  const parts = [
    `${formatInteger(responses)} phiếu`,
    share !== null && responses > 0 && formatShare(share),
    visits !== null && `${formatInteger(visits)} lượt hoặc học sinh`,
    rate !== null && responses > 0 && `tỷ lệ trả lời ${formatPercent(100 * rate)}`,
  ]
  return parts.filter(Boolean).join(' · ')
}

const few = (responses: number) =>
  `Mới ${formatInteger(responses)} phiếu: quá ít để nói riêng cho phần này, khoảng tin cậy còn rất rộng.`
const nobody = 'Chưa có phiếu nào.'

const wordsOf: Record<Gap, (voice: Voice) => string> = {
  unheard: ({ visits }) =>
    `Có ${formatInteger(visits ?? 0)} lượt mà chưa có phiếu nào: người đến đây chưa có tiếng nói trong điểm.`,
  uncounted: () => 'Chưa có phiếu và chưa ghi số lượt: chưa biết bao nhiêu người chưa được nghe.',
  quiet: () => 'Tỷ lệ trả lời dưới một nửa mức chung: điểm ở đây có thể chỉ nói thay cho một số ít người.',
  more_than_came: () => 'Số phiếu nhiều hơn số lượt là dấu hiệu số liệu sai: xin kiểm tra số lượt.',
  few: ({ responses }) => few(responses),
}

const unusedChannel: Record<string, string> = {
  qr: 'Chưa ai quét mã QR: xin kiểm tra tờ dán đã dán ở chỗ dễ thấy chưa.',
  kiosk: 'Chưa có màn hình tại chỗ: người không mang điện thoại chưa có cách tự trả lời ngay.',
  web: 'Chưa có phiếu qua liên kết: người làm thủ tục trực tuyến có thể chưa được hỏi.',
  ticket: 'Chưa có phiếu từ giấy hẹn: người nhận kết quả ở nhà có thể chưa được hỏi.',
  paper: 'Chưa có phiếu giấy: người cao tuổi, người không dùng điện thoại thông minh có thể chưa được nghe.',
  interview: 'Chưa có phỏng vấn độc lập: chưa có kết quả để đối chiếu với kết quả tự khảo sát.',
}
const unheardRespondent: Record<string, string> = {
  citizen: 'Chưa có phiếu ghi là của người dân.',
  enterprise: 'Chưa có doanh nghiệp, tổ chức nào trả lời: điểm chung chỉ nói thay cho người dân.',
}

function Silent({ silent, searchedDays }: Pick<Voices, 'silent' | 'searchedDays'>) {
  if (silent.length === 0) return null
  return (
    <>
      <h3 id="vang-im-lang">Nơi phục vụ im lặng từ 7 ngày làm việc trở lên</h3>
      <ul class="voices" aria-labelledby="vang-im-lang">
        {silent.map(({ code, name, workdays }) => (
          <li key={code}>
            <p class="voice-name">
              <VoiceName code={code} name={name} />{' '}
              <span>
                {workdays === null
                  ? `không có phiếu trong ${searchedDays} ngày qua`
                  : `${formatInteger(workdays)} ngày làm việc chưa có phiếu`}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <p>
        Điểm gần đây của những nơi này không nói về hiện tại. Xin xem tờ dán mã QR còn ở chỗ cũ, còn đọc được không:{' '}
        <a href={links.places}>Nơi phục vụ, mã QR</a>.
      </p>
    </>
  )
}
