import type { ComponentChildren } from 'preact'

type PageHeadProps = {
  title: string
  /** One or two sentences under the title: what this page is for. */
  lead?: ComponentChildren
  /** Set at the title's right, under it on a phone: navigation in time, a form, a button. */
  children?: ComponentChildren
}

export function PageHead({ title, lead, children }: PageHeadProps) {
  return (
    <div class="page-head">
      <div class="page-head-words">
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {children}
    </div>
  )
}
