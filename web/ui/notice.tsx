import type { ComponentChildren } from 'preact'

type NoticeProps = { kind: 'done' | 'warning' | 'problem'; title: string; children?: ComponentChildren }

const marks = { done: 'M3 8.500l3.500 3.500L13 4.500', warning: 'M8 3v6M8 12.500v.5', problem: 'M4 4l8 8M12 4l-8 8' }

/** A sentence that must not be missed: a mark and words, the colour only repeats them. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'problem' ? 'alert' : kind === 'done' ? 'status' : 'note'}>
      <svg class="notice-mark" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d={marks[kind]} />
      </svg>
      <div>
        <p class="notice-title">{title}</p>
        {children}
      </div>
    </div>
  )
}
