import { createRequire } from 'node:module'
import type {} from 'pdfkit'

const require = createRequire(import.meta.url)

/** A new document. PDFKit comes with the first one: its 25 MB wait until somebody prints or draws. */
export function makeDocument(options: PDFKit.PDFDocumentOptions): PDFKit.PDFDocument {
  const Document = require('pdfkit') as new (options: PDFKit.PDFDocumentOptions) => PDFKit.PDFDocument
  return new Document(options)
}
