import type { Piece, TextChange } from '../../server/questionnaires/versions-contract.ts'
import { languageName } from './words.ts'

/** A text in both versions at once: what went is struck through, what came is underlined, and both are said in words. */
export const ChangedText = ({ pieces, lang }: { pieces: Piece[]; lang?: string }) => (
  <span lang={lang} class="changed-text">
    {pieces.map((piece, index) => (
      <PieceMark key={index} piece={piece} />
    ))}
  </span>
)

function PieceMark({ piece }: { piece: Piece }) {
  if (piece.kind === 'same') return <>{piece.text}</>
  if (piece.kind === 'removed') {
    return (
      <del>
        <span class="unseen" lang="vi">
          [bỏ:{' '}
        </span>
        {piece.text}
        <span class="unseen">]</span>
      </del>
    )
  }
  return (
    <ins>
      <span class="unseen" lang="vi">
        [thêm:{' '}
      </span>
      {piece.text}
      <span class="unseen">]</span>
    </ins>
  )
}

export const ChangedTexts = ({ changes }: { changes: TextChange[] }) => (
  <ul class="changed-texts">
    {changes.map(({ language, pieces }) => (
      <li key={language}>
        <small>{languageName(language)}</small>
        <ChangedText pieces={pieces} {...(language !== 'vi' && { lang: language })} />
      </li>
    ))}
  </ul>
)
