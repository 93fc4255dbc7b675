import { links } from '../../links.ts'
import { PageHead } from '../page-head.tsx'
import { renderBarePage, renderStaffPage, type Shell, type StaffAssets } from '../shell.tsx'

export type StaffErrorPageProps = {
  title: string
  /** One sentence: what happened and what to do next. */
  sentence: string
  requestId?: string
  demo?: boolean
  /** With it the navigation stays, so that a signed-in person can go on. */
  shell?: Shell
}

export function renderStaffErrorPage(
  { shell, demo = false, ...error }: StaffErrorPageProps,
  assets: StaffAssets,
): string {
  if (!shell) return renderBarePage(error.title, demo, <BareError {...error} />, assets)
  const children = (
    <>
      <PageHead title={error.title} />
      <section class="card padded error-card">
        <ErrorBody {...error} />
      </section>
    </>
  )
  return renderStaffPage({ title: error.title, shell, children }, assets)
}

type ErrorProps = Omit<StaffErrorPageProps, 'shell' | 'demo'>

const BareError = (error: ErrorProps) => (
  <section class="card bare-card">
    <h1>{error.title}</h1>
    <ErrorBody {...error} />
  </section>
)

const ErrorBody = ({ sentence, requestId }: ErrorProps) => (
  <>
    <p class="error-sentence">{sentence}</p>
    <p>
      <a class="button" href={links.home}>
        Về trang đầu
      </a>
    </p>
    {requestId && (
      <p class="request-id">
        Mã yêu cầu, để báo người quản trị: <code>{requestId}</code>
      </p>
    )}
  </>
)
