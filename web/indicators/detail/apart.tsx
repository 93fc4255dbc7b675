import type { ComponentChildren } from 'preact'
import type { ApartPart } from '../../../server/indicators/apart/contract.ts'
import { chooseScale } from '../../ui/charts/scale.ts'
import { PartTable } from '../parts.tsx'

/** How a breakdown is drawn with its page: against which target, and in full. */
export type ApartLook = { target: number; watched: boolean; whole: boolean }

type ApartProps<Key extends string> = ApartLook & {
  id: string
  heading: string
  /** The column of names, and the names themselves. */
  title: string
  names: Record<Key | 'rest', string>
  parts: ApartPart<Key>[]
  /** What the table rests on; what is lacking where there is none. */
  when: { apart: string; few: string }
  children?: ComponentChildren
}

/** Answers that no tally tells apart, beside each other in whole months; below the table whatever compares them. */
export function Apart<Key extends string>(props: ApartProps<Key>) {
  const { id, heading, title, names, parts, when, children, ...look } = props
  const rows = parts.map((part) => ({ ...part, label: names[part.key] }))
  const scale = chooseScale(
    parts.map(({ score }) => score),
    [look.target],
  )
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id} class="card-title">
        {heading}
      </h2>
      <p class="card-note">{rows.length > 0 ? when.apart : when.few}</p>
      {rows.length > 0 && <PartTable title={title} parts={rows} scale={scale} {...look} />}
      {rows.length > 0 && children}
    </section>
  )
}
