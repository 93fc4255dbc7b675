import type { ComponentChildren } from 'preact'
import { renderDocument } from '../../document.tsx'
import type { StaffAssets } from '../../ui/shell.tsx'

/** In the frame, where the fields cannot be shown as a form yet. */
export const renderPreviewProblems = (problems: string[], assets: StaffAssets): string =>
  renderInFrame(
    'Chưa xem thử được',
    <>
      <p>Xin sửa trước:</p>
      <ul class="draft-rules">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </>,
    assets,
  )

/** In the frame, after somebody has pressed the form's own button. */
export const renderPreviewNote = (back: string, assets: StaffAssets): string =>
  renderInFrame(
    'Đây là bản xem thử',
    <>
      <p>Phiếu không được gửi và không tính vào đâu cả.</p>
      <p>
        <a href={back}>Xem lại phiếu</a>
      </p>
    </>,
    assets,
  )

const renderInFrame = (title: string, children: ComponentChildren, assets: StaffAssets): string =>
  renderDocument({
    title,
    lang: 'vi',
    style: { href: assets.styleHref },
    children: (
      <main class="draft-in-frame">
        <h1>{title}</h1>
        {children}
      </main>
    ),
  })
