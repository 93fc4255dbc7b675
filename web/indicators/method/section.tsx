import type { ComponentChildren } from 'preact'

/** One question of a reader, answered under its own heading. */
export const Section = ({ id, heading, children }: { id: string; heading: string; children: ComponentChildren }) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{heading}</h2>
    {children}
  </section>
)
