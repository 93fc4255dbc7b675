import { formatNumber } from '../content/numbers-rules.ts'
import { paper } from '../print-rules.ts'
import { fontOf } from './fonts.ts'

type Doc = PDFKit.PDFDocument
type Element = PDFKit.PDFStructureElement

/** Points of a length in millimetres. */
export const points = (millimetres: number): number => (millimetres * 72) / 25.4

/** The pages of a document with the height at which the next thing stands. */
export class Pages {
  /** Points from the upper edge. */
  y = 0
  private number = 0
  private across = false
  private marks: PDFKit.PDFOutline[] = []

  constructor(
    readonly doc: Doc,
    /** Where what is drawn next belongs for a reader that cannot see it. */
    public parent: Element,
  ) {}

  readonly left = points(paper.left)
  get width(): number {
    return points((this.across ? paper.height : paper.width) - paper.left - paper.right)
  }
  get bottom(): number {
    return points((this.across ? paper.width : paper.height) - paper.bottom)
  }
  get isAtTop(): boolean {
    return this.y <= points(paper.top) + 0.01
  }
  /** What a whole page holds. */
  get room(): number {
    return this.bottom - points(paper.top)
  }

  startPage(across = this.across): void {
    this.across = across
    const [width, height] = [points(paper.width), points(paper.height)]
    this.doc.addPage({ size: across ? [height, width] : [width, height], margin: 0 })
    this.number++
    this.y = points(paper.top)
    if (this.number > 1) this.writeNumber()
  }

  /** A new page unless as much height is left; true if one was begun. */
  ensure(height: number): boolean {
    if (this.isAtTop || this.y + height <= this.bottom + 0.01) return false
    this.startPage()
    return true
  }

  /** Adds an element under the current parent, with its text where glyphs are drawn in another order than spoken. */
  open(tag: string, options: { alt?: string; actual?: string; lang?: string; scope?: string } = {}): Element {
    const element = this.doc.struct(tag, options)
    this.parent.add(element)
    return element
  }

  /** What `draw` adds belongs to a new element of this tag. */
  within(tag: string, draw: () => void): void {
    const leave = this.enter(tag)
    draw()
    leave()
  }

  /** The same over several turns of the process: what is drawn belongs to the element until it is left. */
  enter(tag: string): () => void {
    const outer = this.parent
    const inner = this.open(tag)
    this.parent = inner
    return () => {
      inner.end()
      this.parent = outer
    }
  }

  /** A bookmark here, under the last one of a higher level. */
  mark(level: 1 | 2 | 3, title: string): void {
    this.marks.length = Math.min(this.marks.length, level - 1)
    const above = this.marks.at(-1) ?? this.doc.outline
    this.marks.push(above.addItem(title))
  }

  private writeNumber(): void {
    const { doc } = this
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.font(fontOf({}, 'serif')).fontSize(13).fillColor('#000')
    const text = formatNumber(this.number, 0)
    const x = this.left + (this.width - doc.widthOfString(text)) / 2
    doc.text(text, x, points(paper.top) - 16, { lineBreak: false, baseline: 'alphabetic' })
    doc.endMarkedContent()
  }
}
