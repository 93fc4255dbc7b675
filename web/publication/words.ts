import { createWording } from '../messages/wording.ts'

/** Headings of the open data in Vietnamese, English and Khmer; the results have whole languages (languages/). */
export const headingWording = createWording({
  vi: { tables: 'Các bảng', programs: 'Cho người lập trình', hidden: 'Vì sao có ô trống?' },
  en: { tables: 'Tables', programs: 'For programs', hidden: 'Why are some cells empty?' },
  km: { tables: 'តារាង', programs: 'សម្រាប់កម្មវិធី', hidden: 'ហេតុអ្វីមានក្រឡាទទេ?' },
})

export type Heading = keyof typeof headingWording.words.vi

export const headingsOf = (heading: Heading) => {
  const { vi, en, km } = headingWording.words
  return { vi: vi[heading], en: en[heading], km: km[heading] }
}
