import type { Verdict } from '../../../server/score/contract.ts'
import type { Outlook } from '../../../server/score/outlook-rules.ts'
import { formatInteger, formatInterval, formatPercent, formatTarget, startSentence } from '../../ui/format.ts'
import { Unbroken } from '../../ui/unbroken.tsx'

type Looked = { outlook: Outlook; dueFrom: number | null }

/** Where the running period may end: score so far, what the rest owes, how sure the end will be; never a bare forecast. */
export const OutlookCard = ({ outlook, dueFrom, period }: Looked & { period: string }) => (
  <section class="card padded" aria-labelledby="cuoi-ky">
    <h2 id="cuoi-ky">Cuối kỳ sẽ ra sao: {period}</h2>
    <ul class="sentences">
      {outlookInWords({ outlook, dueFrom }).map((words) => (
        <li key={words}>
          <Unbroken text={words} />
        </li>
      ))}
    </ul>
    <p class="outlook-basis">{outlookBasis}</p>
  </section>
)

/** What every outlook rests on, said once beside them. */
export const outlookBasis =
  'Tính từ các ngày đã khép, mô phỏng 2.000 lần từ chính khoảng tin cậy; giả định phiếu tiếp tục đến như bốn tuần qua và sự hài lòng không đổi. Đây không phải lời đoán: phục vụ thay đổi thì kết quả thay đổi.'

/** Each a sentence; the last ones give the interval with every chance. */
export function outlookInWords({ outlook, dueFrom }: Looked): string[] {
  const { score, responses, target, expected, sure } = outlook
  const soFar = `Đến nay ${formatPercent(score, target)} từ ${formatInteger(responses)} phiếu.`
  if (expected === 0) return [soFar, 'Bốn tuần qua không có phiếu nào, nên chưa nói được gì về phần còn lại của kỳ.']
  const end = `Giữ như đến nay thì cuối kỳ có khoảng tin cậy ${formatInterval(sure.lower, sure.upper, target)}.`
  if (dueFrom)
    return [
      soFar,
      end,
      `Chỉ tiêu ${formatTarget(target)} áp dụng từ năm ${dueFrom}, nên kỳ này chưa xét đạt hay chưa đạt.`,
    ]
  return [soFar, neededInWords(outlook), end, chancesInWords(outlook)]
}

/** What the rest of the period must reach for "đạt". */
export function neededInWords({ needed, expected, target }: Outlook): string {
  const rest = `khoảng ${formatInteger(expected)} phiếu còn lại của kỳ`
  if (needed === null) return `${startSentence(rest)} quá ít để kết luận là đạt, dù ai cũng hài lòng.`
  if (needed > 100) return `Dù ai trong ${rest} cũng hài lòng, cuối kỳ vẫn không kịp kết luận là đạt.`
  if (needed <= 0) return `Dù ai trong ${rest} cũng chưa hài lòng, cuối kỳ vẫn đạt.`
  return `Để đạt, ${rest} phải hài lòng từ ${formatPercent(needed, target)} trở lên.`
}

const verdictNames: [Verdict, string][] = [
  ['met', 'đạt'],
  ['not_yet_provable', 'chưa đủ căn cứ'],
  ['not_met', 'chưa đạt'],
]

/** "Khả năng lúc cuối kỳ: khoảng 70 % là đạt, …; điểm từ 94,1 đến 96,0 %": with the interval, always. "Đạt trên 95 %" reads as a score. */
export function chancesInWords({ chances, lower, upper, target }: Outlook): string {
  const parts = verdictNames
    .filter(([verdict]) => chances[verdict] >= 0.005)
    .map(([verdict, name]) => `${chanceInWords(chances[verdict])} là ${name}`)
  return `Khả năng lúc cuối kỳ: ${parts.join(', ')}; điểm trong khoảng ${formatInterval(lower, upper, target)}.`
}

/** In steps of five: what a simulation can carry. */
export function chanceInWords(chance: number): string {
  if (chance < 0.05) return 'dưới 5\u00a0%'
  if (chance > 0.95) return 'trên 95\u00a0%'
  return `khoảng ${5 * Math.round(20 * chance)}\u00a0%`
}
