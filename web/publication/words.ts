/** Headings of the public pages in Vietnamese, English and Khmer. */
export const headings = {
  indicators: { vi: 'Các chỉ tiêu', en: 'Targets', km: 'សូចនាករ' },
  sure: { vi: 'Chắc đến mức nào?', en: 'How sure is it?', km: 'ភាពប្រាកដ' },
  agencies: { vi: 'Từng cơ quan', en: 'Agencies', km: 'អង្គភាព' },
  places: { vi: 'Từng điểm phục vụ', en: 'Places of service', km: 'កន្លែងបម្រើសេវា' },
  months: { vi: 'Theo tháng', en: 'By month', km: 'តាមខែ' },
  channels: { vi: 'Phiếu đến bằng cách nào', en: 'How people answered', km: 'របៀបឆ្លើយ' },
  improvements: { vi: 'Quý vị nói, chúng tôi làm', en: 'You said, we did', km: 'លោកអ្នកនិយាយ យើងធ្វើ' },
  reports: { vi: 'Báo cáo đã công bố', en: 'Published reports', km: 'របាយការណ៍' },
  tables: { vi: 'Các bảng', en: 'Tables', km: 'តារាង' },
  programs: { vi: 'Cho người lập trình', en: 'For programs', km: 'សម្រាប់កម្មវិធី' },
  hidden: { vi: 'Vì sao có ô trống?', en: 'Why are some cells empty?', km: 'ហេតុអ្វីមានក្រឡាទទេ?' },
  files: { vi: 'Tải về', en: 'Download', km: 'ទាញយក' },
} as const

export type Heading = keyof typeof headings

/** Said in place of a score that is not published. */
export const hiddenWords = 'chưa đủ 5 phiếu để công bố'
