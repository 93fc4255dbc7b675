import type { Block, ReportDocument, Run } from '../contract.ts'

/** What a placeholder asks for: its words without the brackets. */
const askedBy = ({ text }: Run): string => text.replace(/^\[|\]$/g, '')

/** The document with what was typed in place of its placeholders; those without an answer stay. */
export function fillBlanks(document: ReportDocument, typed: Record<string, string>): ReportDocument {
  const fill = (run: Run): Run => {
    const said = run.placeholder ? typed[askedBy(run)] : undefined
    if (!said) return run
    const { placeholder: _, ...kept } = run
    return { ...kept, text: said }
  }
  const fillBlock = (block: Block): Block => {
    if (block.kind === 'paragraph') return { ...block, runs: block.runs.map(fill) }
    return block.kind === 'list' ? { ...block, items: block.items.map((runs) => runs.map(fill)) } : block
  }
  return {
    ...document,
    body: document.body.map(fillBlock),
    appendices: document.appendices.map((one) => ({ ...one, body: one.body.map(fillBlock) })),
  }
}

/** What nobody has filled in yet, apart from the number and the date that are written by hand; each once. */
export function listPlaceholders({ body, appendices }: Pick<ReportDocument, 'body' | 'appendices'>): string[] {
  const asked = [...body, ...appendices.flatMap((one) => one.body)].flatMap((block) => {
    const runs = block.kind === 'paragraph' ? block.runs : block.kind === 'list' ? block.items.flat() : []
    return runs.flatMap((run) => (run.placeholder ? [askedBy(run)] : []))
  })
  return [...new Set(asked)]
}
