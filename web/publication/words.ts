/** Headings of the open data in Vietnamese, English and Khmer; the results have whole languages (languages/). */
export const headings = {
  tables: { vi: 'Các bảng', en: 'Tables', km: 'តារាង' },
  programs: { vi: 'Cho người lập trình', en: 'For programs', km: 'សម្រាប់កម្មវិធី' },
  hidden: { vi: 'Vì sao có ô trống?', en: 'Why are some cells empty?', km: 'ហេតុអ្វីមានក្រឡាទទេ?' },
} as const

export type Heading = keyof typeof headings
