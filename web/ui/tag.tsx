import type { ComponentChildren } from 'preact'

type TagProps = { kind?: 'plain' | 'ok' | 'warn'; children: ComponentChildren }

/** A state in one or two words; the words carry it, the tint only groups. */
export function Tag({ kind = 'plain', children }: TagProps) {
  return <span class={`tag ${kind}`}>{children}</span>
}
