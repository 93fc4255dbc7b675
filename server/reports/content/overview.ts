import type { Block } from '../contract.ts'
import type { ReportValues, WaveFigures } from '../input/contract.ts'
import { blank, list, paragraph, type Section } from './blocks.ts'
import { fewestToShow, isShown } from './findings-rules.ts'
import { sectorWords } from './sectors.ts'
import {
  channelWords,
  daysInWords,
  formatDay,
  joinWords,
  periodName,
  rateInWords,
  scoreInWords,
  tally,
  verdictInWords,
  withoutScore,
} from './words.ts'

/** I. Khái quát. */
export function overview(values: ReportValues): Section[] {
  const sector = sectorWords[values.sector]
  return [
    { title: 'Mục đích', body: [paragraph(purposeOf(values))] },
    {
      title: 'Đối tượng, phạm vi',
      body: [
        paragraph(`Đối tượng: ${sector.respondents}.`),
        paragraph(`Phạm vi: ${sector.scope} trên địa bàn ${values.issuer.commune}, ${values.issuer.province}.`),
      ],
    },
    { title: 'Thời gian', body: [paragraph(timeOf(values))] },
    { title: 'Phương pháp', body: methodOf(values) },
    { title: 'Cỡ mẫu và số phiếu', body: sizeOf(values) },
  ]
}

export const purposeOf = ({ sector, indicators }: ReportValues): string =>
  `Đánh giá khách quan mức độ hài lòng của người dân ${sectorWords[sector].about}; xác định những nội dung người dân chưa hài lòng để khắc phục; theo dõi việc thực hiện ${indicators.length > 1 ? 'các chỉ tiêu' : 'chỉ tiêu'} ${joinWords(indicators.map(({ code }) => code))} của kế hoạch cải cách hành chính giai đoạn 2026-2030.`

export function timeOf({ period, through, unfinished, kind }: ReportValues): string {
  if (!through) return `Kỳ báo cáo ${daysInWords(period)} chưa có ngày nào kết thúc để tổng hợp số liệu.`
  if (!unfinished) return `Phiếu được thu liên tục ${daysInWords(period)}.`
  return `Kỳ báo cáo ${daysInWords(period)} chưa kết thúc; số liệu tổng hợp đến hết ngày ${formatDay(through)}, mọi kết luận về ${periodName(kind, period)} là tạm tính.`
}

function methodOf({ sector, questionnaires }: ReportValues): Block[] {
  const drawn = questionnaires.filter(
    ({ askedPerResponse, plan }) => askedPerResponse < plan.flatMap((factor) => factor.criteria).length,
  )
  return [
    paragraph(sectorWords[sector].framework),
    paragraph(
      'Mỗi tiêu chí được đánh giá theo năm mức: 1 - Rất không hài lòng; 2 - Không hài lòng; 3 - Bình thường; 4 - Hài lòng; 5 - Rất hài lòng. Mức độ hài lòng là tỷ lệ câu trả lời ở mức 4 và mức 5, mỗi tiêu chí có trọng số như nhau.',
      drawn.length > 0
        ? 'Để một người chỉ mất khoảng nửa phút, mỗi phiếu hỏi một số tiêu chí cốt lõi và một số tiêu chí được chọn ngẫu nhiên với xác suất biết trước; cách tính đã điều chỉnh theo xác suất ấy. Phiếu giấy và phỏng vấn hỏi đủ các tiêu chí.'
        : undefined,
    ),
    paragraph(
      'Mỗi kết quả đi kèm khoảng tin cậy 95\u00a0%. Một chỉ tiêu chỉ được kết luận khi cả khoảng tin cậy nằm về một phía của mức được giao; khi mức ấy nằm trong khoảng tin cậy thì ghi “chưa đủ căn cứ”. Công thức chi tiết nêu tại Phụ lục về phương pháp tính.',
    ),
  ]
}

function sizeOf(values: ReportValues): Block[] {
  return [
    list([
      reachOf(values),
      [{ text: 'Số phiếu giấy phát ra (nếu có): ' }, blank('ghi số phiếu phát ra'), { text: ';' }],
      `Số phiếu thu về: ${tally(values.received)} phiếu;`,
      `Số phiếu hợp lệ: ${tally(values.received - values.setAside)} phiếu; số phiếu không đưa vào tính toán: ${tally(values.setAside)} phiếu.`,
    ]),
    ...receivedInWords(values),
    ...values.waves.map((wave) => paragraph(waveInWords(wave))),
  ]
}

function reachOf(values: ReportValues): string {
  const { sector, denominator } = values
  const { visits } = sectorWords[sector]
  if (!denominator) return `Số ${visits} trong kỳ: chưa có số liệu;`
  const missing = denominator.missing.length > 0 ? ` (chưa có số liệu của: ${denominator.missing.join('; ')})` : ''
  return `Số ${visits} trong kỳ: ${tally(denominator.visits)}${missing}; ${rateInWords(values)};`
}

function receivedInWords({ received, setAside, overall, medianSeconds }: ReportValues): Block[] {
  if (received === 0) return [paragraph('Trong kỳ chưa thu được phiếu nào; báo cáo chưa có kết quả để phân tích.')]
  const about =
    setAside === 0
      ? 'Không có phiếu nào phải để riêng.'
      : 'Phiếu không đưa vào tính toán (phiếu để riêng) là phiếu có dấu hiệu gửi tự động, trả lời quá nhanh, gửi nhiều lần từ một thiết bị, vượt giới hạn số phiếu trong một giờ của nơi phục vụ, hoặc được để riêng sau khi rà soát; các phiếu này vẫn được lưu để kiểm tra lại.'
  const silent = received - setAside - overall.responses
  return [
    paragraph(
      about,
      silent > 0 ? `Trong số phiếu hợp lệ, ${tally(silent)} phiếu không có câu trả lời nào từ mức 1 đến mức 5.` : '',
      medianSeconds && overall.responses >= fewestToShow ? timeInWords(medianSeconds) : '',
    ),
  ]
}

const timeInWords = ({ seconds, open }: NonNullable<ReportValues['medianSeconds']>): string =>
  open
    ? `Một nửa số người trả lời cần hơn ${Math.round(seconds)} giây.`
    : `Một nửa số người hoàn thành phiếu trong vòng ${Math.round(seconds)} giây.`

function waveInWords(wave: WaveFigures): string {
  const how = `Đợt khảo sát “${wave.name}” (${daysInWords({ from: wave.opensOn, to: wave.closesOn })}; bộ câu hỏi “${wave.questionnaire}”; ${channelWords(wave.channels)}; ${wave.drawnFromList ? 'người trả lời được chọn từ danh sách' : 'người trả lời tự nguyện'})`
  if (!isShown(wave.score)) return `${how}: ${withoutScore(wave.score)}.`
  return `${how}: mức độ hài lòng ${scoreInWords(wave.score, wave.target)}; ${verdictInWords(wave)}.`
}
