import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Language } from '../catalogue/contract.ts'
import { readParts } from '../http/multipart.ts'
import { toKeptText } from '../typed/text.ts'
import { type AudioType, mostFileBytes, type NewRecording, type SpokenText } from './contract.ts'
import { findByName } from './names-rules.ts'
import { sniffAudio } from './sniff-rules.ts'
import { wordingOf } from './texts.ts'

/** `key`: the sentence whose field it was chosen in; none where the file's name is to tell. */
export type Upload = { field: string; name: string; body: Buffer; isTooLarge: boolean }

/** Chosen at once; sound of more is not read. */
export const mostFiles = 60
/** A page of all sentences sends every field of theirs, the empty ones too: far above what a questionnaire has. */
const mostParts = 1000

export const acceptRecordings = async (scope: FastifyInstance): Promise<void> => {
  const limits = { fileSize: mostFileBytes, files: mostParts, fields: 5, fieldSize: 200, parts: mostParts + 5 }
  await scope.register(multipart, { limits, throwFileSizeLimit: false })
}

/** The files chosen, at most one more than may be, and what a pressed button says to remove. */
export async function readUploads(request: FastifyRequest): Promise<{ files: Upload[]; remove: string | null }> {
  const sent: { files: Upload[]; remove: string | null } = { files: [], remove: null }
  await readParts(request, async (part) => {
    if (part.type === 'field') {
      if (part.fieldname === 'bo') sent.remove = toKeptText(String(part.value))
      return
    }
    const { fieldname: field, file } = part
    const name = toKeptText(part.filename ?? '')
    if (!name || sent.files.length > mostFiles) return void file.resume()
    const body = await part.toBuffer()
    sent.files.push({ field, name, body, isTooLarge: file.truncated })
  })
  return sent
}

/** Files as recordings of the sentences they are meant for; otherwise one sentence a file about what is wrong with it. */
export function judgeUploads(
  files: Upload[],
  texts: SpokenText[],
  language: Language,
): { added: NewRecording[]; problems: string[] } {
  const added: NewRecording[] = []
  const problems: string[] = []
  for (const file of files) {
    const judged = judgeUpload(file, texts)
    if (typeof judged === 'string') problems.push(`${file.name}: ${judged}`)
    else if (added.some(({ part, key }) => part === judged.text.part && key === judged.text.key))
      problems.push(`${file.name}: câu này đã có một tệp khác trong lần gửi này; xin chọn một tệp.`)
    else added.push(describe(file.body, judged, language))
  }
  return { added, problems }
}

type Judged = { text: SpokenText; type: AudioType }

function judgeUpload({ field, name, body, isTooLarge }: Upload, texts: SpokenText[]): Judged | string {
  const text = field === 'tep' ? findByName(texts, name) : texts.find((one) => fieldOf(one) === field)
  if (!text) return 'không có câu nào mang tên tệp này; xin đặt tên tệp như ghi cạnh từng câu.'
  if (isTooLarge) return 'tệp lớn hơn 1 MB; xin ghi ngắn lại, hoặc lưu ở chất lượng giọng nói.'
  if (body.length === 0) return 'tệp trống; xin ghi lại.'
  const type = sniffAudio(body)
  return type ? { text, type } : 'không phải tệp âm thanh dùng được; xin dùng MP3, M4A, AAC, OGG (Opus) hoặc WebM.'
}

/** The name of a sentence's own file field. */
export const fieldOf = ({ part, key }: Pick<SpokenText, 'part' | 'key'>): string => `${part}|${key}`

const describe = (body: Buffer, { text, type }: Judged, language: Language): NewRecording => ({
  part: text.part,
  language,
  key: text.key,
  wording: wordingOf(text.text),
  words: text.text,
  address: createHash('sha256').update(body).digest('base64url').slice(0, 12),
  type,
  body,
})
