type Area = { x: number; y: number; width: number; height: number }
type TextPiece = Area & {
  kind: 'text'
  language: string
  paragraph: {
    style: { size: number; weight: 'regular' | 'bold'; color: string; align?: 'left' | 'center' }
    lines: { text: string; width: number }[]
    lineHeight: number
    baseline: number
  }
}
export type PosterPiece = Area &
  (
    | TextPiece
    | { kind: 'qr'; path: string; side: number }
    | { kind: 'face'; path: string; color: string }
    | { kind: 'ring' | 'frame' | 'rule'; color: string }
  )

type PosterSvgProps = { width: number; height: number; pieces: PosterPiece[]; name: string }

/** The sheet in small, in millimetres; the letters are the page's own, squeezed to the width they have in print. */
export const PosterSvg = ({ width, height, pieces, name }: PosterSvgProps) => (
  <svg class="poster" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Tờ dán A4 của ${name}`}>
    <rect width={width} height={height} fill="#fff" />
    {pieces.map((piece, index) => (
      <Piece key={index} piece={piece} />
    ))}
  </svg>
)

function Piece({ piece }: { piece: PosterPiece }) {
  const { x, y, width, height } = piece
  if (piece.kind === 'text') return <Words piece={piece} />
  if (piece.kind === 'qr')
    return (
      <g transform={`translate(${x} ${y}) scale(${width / piece.side})`} shape-rendering="crispEdges">
        <path d={piece.path} fill="#000" />
      </g>
    )
  if (piece.kind === 'face')
    return (
      <g
        transform={`translate(${x} ${y}) scale(${width / 48})`}
        fill="none"
        stroke={piece.color}
        stroke-width="2.8"
        stroke-linecap="round"
      >
        <circle cx="24" cy="24" r="22" />
        <path d={piece.path} />
      </g>
    )
  if (piece.kind === 'rule') return <rect x={x} y={y} width={width} height={height} fill={piece.color} />
  const line = piece.kind === 'ring' ? width / 14 : height / 18
  const stroke = { fill: 'none', stroke: piece.color, 'stroke-width': line }
  if (piece.kind === 'ring') return <circle cx={x + width / 2} cy={y + width / 2} r={(width - line) / 2} {...stroke} />
  return <rect x={x + line / 2} y={y + line / 2} width={width - line} height={height - line} {...stroke} />
}

function Words({ piece: { x, y, width, language, paragraph } }: { piece: TextPiece }) {
  const { style, lines, lineHeight, baseline } = paragraph
  return (
    <>
      {lines.map((line, index) => (
        <text
          key={index}
          x={x + (style.align === 'center' ? (width - line.width) / 2 : 0)}
          y={y + index * lineHeight + baseline}
          lang={language}
          font-size={style.size}
          font-weight={style.weight === 'bold' ? 600 : 400}
          fill={style.color}
          textLength={line.width || undefined}
          lengthAdjust="spacingAndGlyphs"
        >
          {line.text}
        </text>
      ))}
    </>
  )
}
