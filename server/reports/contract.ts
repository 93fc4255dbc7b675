/** The forms of a report; together with the sector they name the document. */
export const reportKinds = ['annual_result', 'annual_plan', 'quarterly', 'monthly'] as const
export type ReportKind = (typeof reportKinds)[number]

export const reportStates = ['draft', 'approved', 'published'] as const
export type ReportState = (typeof reportStates)[number]

/** A stretch of text. A placeholder marks what only people know and must fill in. */
export type Run = { text: string; bold?: boolean; italic?: boolean; placeholder?: boolean }

/** Numbers stay numbers until they are drawn: `decimals` places, decimal comma, thousands with a dot. */
export type TableCell =
  | { kind: 'text'; text: string; bold?: boolean }
  | { kind: 'number'; value: number | null; decimals: number; unit?: '%' }
  | { kind: 'date'; day: string }

export type TableColumn = {
  title: string
  align: 'left' | 'center' | 'right' /** Share of the width, any unit. */
  width: number
}

export type Table = { id: string; caption: string; columns: TableColumn[]; rows: TableCell[][]; note?: string }

/** Percents. `lower` and `upper` are null where nothing was answered. */
export type ChartPoint = {
  label: string
  score: number | null
  lower: number | null
  upper: number | null
  responses: number
  /** Its own target, where the points of a chart have different ones; `watched`: not due yet, so on no side of it. */
  target?: number
  watched?: boolean
  /** In a funnel: on which side of its limits. */
  side?: 'below' | 'within' | 'above'
  /** In a funnel: outside the wide limits too, so it is named in the drawing. */
  isNamed?: boolean
}

/** The limits of a funnel for a number of responses, percents. */
export type FunnelLimits = {
  responses: number
  near: [lower: number, upper: number]
  far: [lower: number, upper: number]
}

export type Chart = {
  id: string
  /** Intervals side by side (fields, factors), a line over time (months), or scores against numbers of responses. */
  kind: 'intervals' | 'line' | 'funnel'
  /** Of a funnel only. */
  funnel?: { mean: number; limits: FunnelLimits[] }
  caption: string
  /** What the picture shows, in one or two sentences, for those who cannot see it. */
  alternative: string
  target: number | null
  points: ChartPoint[]
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'list'; items: Run[][] }
  | { kind: 'table'; table: Table }
  | { kind: 'chart'; chart: Chart }

/** A document in the layout of NĐ 30/2020/NĐ-CP, before it is drawn as Word, PDF or Excel. */
export type ReportDocument = {
  /** ỦY BAN NHÂN DÂN XÃ … above the issuing body; null when the committee itself issues. */
  issuerAbove: string | null
  issuer: string
  /** "Số: …/BC-TYT": the number is a placeholder. */
  number: Run[]
  /** "Vĩnh Thuận, ngày … tháng … năm 2026". */
  placeAndDate: Run[]
  /** BÁO CÁO, KẾ HOẠCH. */
  type: string
  /** Trích yếu. */
  subject: string
  /** Căn cứ and the body, in order. */
  body: Block[]
  /** Printed after the signature, each on a new page. */
  appendices: { title: string; body: Block[] }[]
  recipients: string[]
  signature: { authority: string | null; title: string }
  /** "Từ 01/01/2026 đến 31/12/2026", on the first sheet of the workbook. */
  period?: string
  /** SHA-256 of what the document is made from, on the first sheet of the workbook. */
  fingerprint?: string
  /** Further sheets of the workbook: the full tallies and the method. */
  sheets: { name: string; table: Table }[]
}

/**
 * Everything a document is made from, frozen when the report is made: the same input gives the same document.
 * Its parts are written and read by the content of each kind; `format` names their shape.
 */
export type ReportInput = { format: number; values: Record<string, unknown> }
