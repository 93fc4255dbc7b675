import type { PlaceComment, PlaceComments } from './contract.ts'

/** So many of each are shown; the rest stands under Ý kiến. */
export const mostWorst = 12
export const mostPraise = 6

type Rated = Omit<PlaceComment, 'unsatisfied' | 'rated'> & {
  /** One character per criterion: 1-5 where it was rated. */
  answers: string
}

/** Complaints and suggestions from the lowest form up, praise apart; among equals the order given. */
export function rankComments(comments: Rated[], cut: boolean): PlaceComments {
  const praise = comments.filter(({ kind }) => kind === 'praise')
  const worst = comments
    .filter(({ kind }) => kind !== 'praise')
    .map((comment) => ({ comment, mean: meanOf(comment.answers) }))
    .toSorted((a, b) => a.mean - b.mean)
    .map(({ comment }) => comment)
  return {
    worst: worst.slice(0, mostWorst).map(describe),
    worstOf: worst.length,
    praise: praise.slice(0, mostPraise).map(describe),
    praiseOf: praise.length,
    cut,
  }
}

const levelsOf = (answers: string): number[] => [...answers].filter((one) => one >= '1' && one <= '5').map(Number)

/** A comment without an answer stands behind the dissatisfied ones, before the satisfied. */
function meanOf(answers: string): number {
  const levels = levelsOf(answers)
  return levels.length === 0 ? 3.5 : levels.reduce((sum, level) => sum + level, 0) / levels.length
}

function describe({ answers, ...comment }: Rated): PlaceComment {
  const levels = levelsOf(answers)
  return { ...comment, unsatisfied: levels.filter((level) => level <= 3).length, rated: levels.length }
}
