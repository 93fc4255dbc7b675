import type { Run } from '../../server/reports/contract.ts'
import type { PageBlock, PageDocument, PageTable } from '../../server/reports/record-contract.ts'

/** A document on a page, with the letterhead and the parts that Word and PDF have. */
export const ReportDocumentView = ({ page }: { page: PageDocument }) => (
  <article class="card report-document" id="van-ban">
    <Letterhead page={page} />
    <h2 class="report-title">
      {page.type} <span>{page.subject}</span>
    </h2>
    <Blocks body={page.body} />
    <Ending page={page} />
    {page.appendices.map(({ title, body }) => (
      <section class="report-appendix" key={title}>
        <h3 class="report-appendix-title">{title}</h3>
        <Blocks body={body} />
      </section>
    ))}
  </article>
)

export const Letterhead = ({ page }: { page: PageDocument }) => (
  <header class="report-letterhead">
    <div>
      {page.issuerAbove && <p>{page.issuerAbove}</p>}
      <p class="report-issuer">{page.issuer}</p>
      <p>
        <Runs runs={page.number} />
      </p>
    </div>
    <div>
      <p>
        <b>{page.country}</b>
      </p>
      <p class="report-motto">{page.motto}</p>
      <p>
        <i>
          <Runs runs={page.placeAndDate} />
        </i>
      </p>
    </div>
  </header>
)

const Ending = ({ page }: { page: PageDocument }) => (
  <footer class="report-ending">
    <div class="report-recipients">
      <p>
        <b>{page.recipientsTitle}</b>
      </p>
      {page.recipients.map((one) => (
        <p key={one}>{one}</p>
      ))}
    </div>
    <div class="report-signature">
      {page.signature.authority && <p>{page.signature.authority}</p>}
      <p>
        <b>{page.signature.title}</b>
      </p>
      <p>
        <i>{page.signer}</i>
      </p>
    </div>
  </footer>
)

export const Blocks = ({ body }: { body: PageBlock[] }) => (
  <>
    {body.map((block, index) => (
      <OneBlock key={index} block={block} />
    ))}
  </>
)

function OneBlock({ block }: { block: PageBlock }) {
  if (block.kind === 'heading') {
    const Heading = (['h3', 'h4', 'h5'] as const)[block.level - 1] ?? 'h5'
    return <Heading>{block.text}</Heading>
  }
  if (block.kind === 'table') return <BlockTable table={block.table} />
  if (block.kind === 'chart')
    return (
      <figure>
        {/* Drawn by the server, every text in it escaped. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot move the chart (WCAG 2.1.1) */}
        <div class="report-scroll" tabIndex={0} dangerouslySetInnerHTML={{ __html: block.svg }} />
        <figcaption>{block.caption}</figcaption>
      </figure>
    )
  if (block.kind === 'paragraph')
    return (
      <p>
        <Runs runs={block.runs} />
      </p>
    )
  return (
    <ul>
      {block.items.map((runs, index) => (
        <li key={index}>
          <Runs runs={runs} />
        </li>
      ))}
    </ul>
  )
}

/** A wide table moves sideways on a phone, reachable by keyboard; the page itself never does. */
const BlockTable = ({ table }: { table: PageTable }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot move the table (WCAG 2.1.1)
  <section class="report-scroll" aria-label={table.caption} tabIndex={0}>
    <table>
      <caption>{table.caption}</caption>
      <thead>
        <tr>
          {table.columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map(({ text, align, bold }, position) => (
              <td key={position} class={`align-${align}`}>
                {bold ? <b>{text}</b> : text}
              </td>
            ))}
          </tr>
        ))}
        {table.rows.length === 0 && (
          <tr>
            <td colSpan={table.columns.length}>Không có số liệu.</td>
          </tr>
        )}
      </tbody>
    </table>
    {table.note && <p class="report-note">{table.note}</p>}
  </section>
)

const Runs = ({ runs }: { runs: Run[] }) => (
  <>
    {runs.map(({ text, bold, italic, placeholder }, index) => {
      const said = placeholder ? <mark>{text}</mark> : bold ? <b>{text}</b> : text
      return italic ? <i key={index}>{said}</i> : said
    })}
  </>
)
