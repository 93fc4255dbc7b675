import type { CheckResult, WaveSnapshot } from '../../server/catalogue/wave-snapshot-contract.ts'
import type { WaveResult, WaveView } from '../../server/waves/contract.ts'
import { IntervalAxis, IntervalBar, IntervalLegend } from '../ui/charts/interval-bar.tsx'
import { chooseScale, type Scale } from '../ui/charts/scale.ts'
import { formatDay, formatInteger, formatInterval, formatPercent, formatScore, formatTarget } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { VerdictWord } from '../ui/verdict-word.tsx'
import { CriteriaResults, FactorResults, StratumResults } from './breakdown.tsx'
import { channelName, formulaName } from './words.ts'

/** What the closed days show so far. Breakdowns wait for the close. */
export function ProvisionalResult({ result }: { result: WaveResult | null }) {
  return (
    <section class="card padded">
      <h2>Điểm tạm tính</h2>
      {result && result.score.score !== null ? (
        <Headline result={result} scale={scaleOf(result)} provisional={true} />
      ) : (
        <p class="wave-note">
          Chưa có điểm. Điểm chỉ tính phiếu của những ngày đã khép, để không lộ câu trả lời của ai.
        </p>
      )}
    </section>
  )
}

type ClosedResultProps = { wave: WaveView; result: WaveResult; snapshot: WaveSnapshot; closedBy: string }

/** The frozen result: everything on this page comes from the snapshot. */
export function ClosedResult({ wave, result, snapshot, closedBy }: ClosedResultProps) {
  const scale = scaleOf(result)
  const silent = result.strata.filter(({ responses }) => responses === 0)
  return (
    <>
      {snapshot.earlyReason && (
        <Notice kind="warning" title={`Kết thúc sớm, ngày ${formatDay(snapshot.closedOn)}`}>
          <p>Lý do: {snapshot.earlyReason} Kết luận vì vậy chỉ để tham khảo.</p>
        </Notice>
      )}
      <section class="card padded">
        <h2 class="unseen">Kết quả</h2>
        {result.score.score === null ? (
          <p>Đợt kết thúc mà không có phiếu nào được tính.</p>
        ) : (
          <Headline result={result} scale={scale} provisional={snapshot.earlyReason !== null} />
        )}
        <Sources result={result} snapshot={snapshot} closedBy={closedBy} wave={wave} />
      </section>
      {silent.length > 0 && (
        <Notice kind="warning" title={`${silent.length} địa bàn không có phiếu nào`}>
          <p>{silent.map(({ name }) => name).join(', ')}. Điểm không nói gì về người ở những nơi này.</p>
        </Notice>
      )}
      {result.moreAnswersThanPeople.length > 0 && (
        <Notice kind="warning" title="Có địa bàn nhiều phiếu hơn số dân">
          <p>
            {result.moreAnswersThanPeople.join(', ')}: có người trả lời hai lần, hoặc số dân ghi trong kế hoạch chưa
            đúng.
          </p>
        </Notice>
      )}
      {result.score.score !== null && (
        <>
          <FactorResults result={result} scale={scale} />
          {result.strata.length > 0 && <StratumResults result={result} scale={scale} />}
          <CriteriaResults criteria={result.criteria} />
          <IntervalLegend />
        </>
      )}
    </>
  )
}

const scaleOf = (result: WaveResult): Scale =>
  chooseScale(
    [result.score, ...result.factors.map(({ score }) => score), ...result.strata.flatMap(({ score }) => score ?? [])],
    [result.target],
  )

type HeadlineProps = { result: WaveResult; scale: Scale; provisional: boolean }

function Headline({ result: { score, verdict, target, other, covered }, scale, provisional }: HeadlineProps) {
  if (score.score === null || score.lower === null || score.upper === null) return null
  return (
    <>
      <div class="indicator-result">
        <p class="indicator-score">
          {formatScore(score.score, target)}
          <small>{'\u00a0%'}</small>
        </p>
        <VerdictWord verdict={verdict} provisional={provisional} />
      </div>
      <div class="indicator-drawing">
        <IntervalAxis scale={scale} />
        <IntervalBar score={score} target={target} scale={scale} size="hero" />
        <p>
          khoảng tin cậy {formatInterval(score.lower, score.upper, target)} · chỉ tiêu ≥ {formatTarget(target)} ·{' '}
          {formatInteger(score.responses)} phiếu
        </p>
      </div>
      {other && other.score.score !== null && (
        <p class="wave-note">
          Tính cách kia ({formulaName(other.formula)}): {formatPercent(other.score.score, target)}
          {other.score.lower !== null &&
            other.score.upper !== null &&
            ` (${formatInterval(other.score.lower, other.score.upper, target)})`}
          , để so sánh, không thay cho cách đã định.
        </p>
      )}
      {covered !== null && covered < 1 && (
        <p class="wave-note">Các địa bàn có phiếu gồm {formatPercent(100 * covered)} số dân của đợt.</p>
      )}
    </>
  )
}

/** Where the figures come from, beside the figures. */
function Sources({ wave, result, snapshot, closedBy }: ClosedResultProps) {
  const channels = result.channels.map(
    ({ channel, responses }) => `${channelName(channel)} ${formatInteger(responses)}`,
  )
  return (
    <ul class="wave-sources">
      <li>
        Kết thúc ngày {formatDay(snapshot.closedOn)} bởi {closedBy}; công thức {snapshot.formulaVersion}, tính{' '}
        {formulaName(wave.formula)}; bộ câu hỏi “{wave.questionnaire.title}”, bản {snapshot.questionnaire.version}.
      </li>
      {channels.length > 0 && <li>Phiếu theo cách trả lời: {channels.join(', ')}.</li>}
      {result.withoutStratum > 0 && result.strata.length > 0 && (
        <li>
          {formatInteger(result.withoutStratum)} phiếu không rõ địa bàn
          {wave.formula === 'stratified' ? ', không vào điểm tính theo địa bàn' : ''}.
        </li>
      )}
      {snapshot.setAside > 0 && <li>{formatInteger(snapshot.setAside)} phiếu để riêng, không tính vào điểm.</li>}
      {snapshot.typedLate > 0 && <li>{formatInteger(snapshot.typedLate)} phiếu được nhập sau ngày cuối của đợt.</li>}
      <li>
        <ErrorRate check={snapshot.check} />
      </li>
    </ul>
  )
}

/** "Nhập lại 10 phiếu để kiểm tra: khác 3 trên 330 ô, 0,9 %." */
export function ErrorRate({ check: { forms, compared, differing } }: { check: CheckResult }) {
  if (compared === 0) return <>Chưa phiếu nào được nhập lần hai để kiểm tra.</>
  return (
    <>
      Nhập lại {formatInteger(forms)} phiếu để kiểm tra: khác {formatInteger(differing)} trên {formatInteger(compared)}{' '}
      ô, {formatPercent((100 * differing) / compared)}.
    </>
  )
}
