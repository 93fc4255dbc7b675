import type { MorningAlert } from '../../server/morning/contract.ts'
import { links } from '../links.ts'
import { alertWords } from './sentences.ts'

/** One line on the landing page: what presses this morning, and where the rest is. */
export function MorningLine({ alert }: { alert: MorningAlert }) {
  const words = alertWords(alert)
  return (
    <p class={words ? 'card morning-line presses' : 'card morning-line'}>
      {words && <b>{words}</b>} <a href={links.morning()}>Bản tin sáng để gửi nhóm</a>
    </p>
  )
}
