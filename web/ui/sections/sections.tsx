/** What one address of a long page shows; the first is the answer, shown without being named. */
export type PageSection<Key extends string = string> = { key: Key; label: string }

/** Every section under each other, for paper. */
export const wholePage = 'tat-ca'

type SectionRowProps = {
  sections: readonly PageSection[]
  /** A key of the sections, or `wholePage`. */
  current: string
  /** Keeps everything else the address says: the period, the language. */
  hrefOf: (section: string | undefined) => string
  label?: string
  wholeLabel?: string
}

/** Sections by address: every one is a link, so the page works without script and each part can be sent to somebody. */
export function SectionRow({
  sections,
  current,
  hrefOf,
  label = 'Các phần của trang',
  wholeLabel = 'In cả trang',
}: SectionRowProps) {
  const first = sections[0]?.key
  return (
    <nav class="section-row" aria-label={label}>
      {sections.map(({ key, label: name }) => (
        <a key={key} href={hrefOf(key === first ? undefined : key)} aria-current={key === current ? 'page' : undefined}>
          {name}
        </a>
      ))}
      <a class="section-whole" href={hrefOf(wholePage)} aria-current={current === wholePage ? 'page' : undefined}>
        {wholeLabel}
      </a>
    </nav>
  )
}

/** Above a whole page: the button needs script, the sentence does not. */
export const PrintBar = () => (
  <div class="whole-page">
    <button type="button" class="button" data-print hidden>
      In trang này
    </button>
    <p>Trang này có đủ mọi phần; cũng in được bằng lệnh In của trình duyệt.</p>
  </div>
)
