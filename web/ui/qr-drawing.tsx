export type QrSvgProps = {
  /** Dark modules, one unit a module, already moved in by the quiet zone. */
  path: string
  /** Modules along one side, quiet zone included. */
  side: number
  title: string
  /** A CSS length; the symbol is square. */
  width: string
}

/** Black on white whatever the page's colours: readers need the contrast and the quiet zone. */
export function QrSvg({ path, side, title, width }: QrSvgProps) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="qr"
      viewBox={`0 0 ${side} ${side}`}
      width={width}
      role="img"
      aria-label={title}
      shape-rendering="crispEdges"
    >
      <title>{title}</title>
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
