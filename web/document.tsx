import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'

export type DocumentProps = {
  title: string
  lang: string
  /**
   * Inlined (the citizen's page: one request) or linked (staff pages: cached). Those with forms that must show where they
   * come from say the referrer policy themselves too: a proxy may add a stricter header, and the last one heard rules.
   */
  style: { inline: string } | { href: string }
  /** Built islands, inlined; the CSP names their hashes. */
  scripts?: string[]
  scriptHrefs?: string[]
  /** Seconds after which a page without script reloads itself. */
  refreshWithoutScript?: number
  /** Where a page goes on to by itself, also where a script is there but too new for the browser: `8;url=/…`. */
  refresh?: string
  children: ComponentChildren
}

/** The mark's own path, so that it costs a citizen's page nothing twice. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='9 9 26 26'%3E%3Cpath d='M10 12h24v16H21l-7 6v-6h-4z' fill='%230b6b57'/%3E%3C/svg%3E"

/** Shapes close themselves where every byte counts; no inlined script or style holds such an end, or its hash would differ. */
const emptyShape = /><\/(?:use|path|circle)>/g

/** A whole HTML page. */
export function renderDocument(props: DocumentProps): string {
  const html = `<!doctype html>${render(<Document {...props} />)}`
  return 'inline' in props.style ? html.replace(emptyShape, '/>') : html
}

function Document({
  title,
  lang,
  style,
  scripts = [],
  scriptHrefs = [],
  refreshWithoutScript,
  refresh,
  children,
}: DocumentProps) {
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        {'href' in style && <meta name="referrer" content="same-origin" />}
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <title>{title}</title>
        <link rel="icon" href={icon} />
        {'inline' in style ? (
          <style dangerouslySetInnerHTML={{ __html: style.inline }} />
        ) : (
          <link rel="stylesheet" href={style.href} />
        )}
        {refresh && <meta http-equiv="refresh" content={refresh} />}
        {refreshWithoutScript && (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshWithoutScript)} />
          </noscript>
        )}
      </head>
      <body>
        {children}
        {scripts.map((script) => (
          <script key={script} dangerouslySetInnerHTML={{ __html: script }} />
        ))}
        {scriptHrefs.map((href) => (
          <script key={href} src={href} defer />
        ))}
      </body>
    </html>
  )
}
