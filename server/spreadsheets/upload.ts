import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { PublicError } from '../errors.ts'
import { readParts } from '../http/multipart.ts'
import { toKeptText, toKeptTexts } from '../typed/text.ts'
import { Book, longestCell } from './contract.ts'
import { largestBookBytes, largestFileBytes, readBook } from './file.ts'
import type { Fields } from './reading.ts'

export type Upload = { file: { name: string; bytes: Buffer; isTooLarge: boolean } | null; fields: Fields }

/** A file, the book a preview carries, a select per column, and one per school of several levels. */
const mostFields = 700

export const acceptUploads = async (scope: FastifyInstance): Promise<void> => {
  const limits = { fileSize: largestFileBytes, files: 1, fieldSize: largestBookBytes, fields: mostFields }
  await scope.register(multipart, { limits: { parts: mostFields + 1, ...limits }, throwFileSizeLimit: false })
}

/** Texts as they are kept, for no hook before the schemas reads a stream; those of a preview's book once it is parsed. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  const upload: Upload = { file: null, fields: {} }
  await readParts(request, async (part) => {
    if (part.type === 'field') {
      if (part.valueTruncated) throw new PublicError('too_large')
      const value = String(part.value)
      upload.fields[part.fieldname] = part.fieldname === 'sheet' ? value : toKeptText(value)
    } else {
      const bytes = await part.toBuffer()
      const name = toKeptText(part.filename ?? '')
      if (name) upload.file = { name, bytes, isTooLarge: part.file.truncated }
    }
  })
  return upload
}

/** The uploaded file, its cells cut at `longest`, or the one that a preview brought back; otherwise one sentence on what to do. */
export async function bookOf({ file, fields }: Upload, longest = longestCell): Promise<Book | string> {
  if (file?.isTooLarge) return 'Tệp lớn hơn 5 MB; xin tách theo tháng, hoặc chỉ giữ các cột cần nhập.'
  if (file) {
    const book = await readBook(file.bytes, file.name, longest)
    const isTooLong = typeof book !== 'string' && Buffer.byteLength(JSON.stringify(book)) > largestBookBytes - 1024
    return isTooLong ? 'Tệp có quá nhiều chữ; xin chỉ giữ trang tính và các cột cần nhập rồi chọn lại.' : book
  }
  if (!fields.sheet) return 'Xin chọn một tệp CSV hoặc Excel (.xlsx).'
  const book = Book.safeParse(toKeptTexts(parseJson(fields.sheet)))
  return book.success ? book.data : 'Trang xem trước không còn nguyên vẹn; xin chọn lại tệp.'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
