import type { ExtraQuestion } from './contract.ts'

/** One citizen in five is asked: of the share asked the probability is known, as of every drawn criterion. */
export const pressureProbability = 0.2

/** No questionnaire can have a question of that code, and none has this one: exports and tables do not hold its answers. */
export const pressureCode = 'yd_pressure'

/** The same question beside every questionnaire and version, outside of every score; our own words. */
export const pressureQuestion: ExtraQuestion = {
  code: pressureCode,
  kind: 'choice',
  text: {
    vi: 'Có ai đứng cạnh xem, gợi ý hoặc nhờ Ông/Bà chọn mức nào không?',
    en: 'Did anyone stand by and watch, suggest an answer or ask you for a certain one?',
    km: 'តើមាននរណាម្នាក់ឈរមើល ណែនាំ ឬសុំឱ្យលោកអ្នកជ្រើសចម្លើយណាមួយទេ?',
  },
  choices: [
    { code: 'no', text: { vi: 'Không', en: 'No', km: 'ទេ' } },
    { code: 'yes', text: { vi: 'Có', en: 'Yes', km: 'មាន' } },
  ],
}
