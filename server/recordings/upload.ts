import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Language } from '../catalogue/contract.ts'
import { PublicError } from '../errors.ts'
import { type AudioType, mostFileBytes, type NewRecording, type SpokenText } from './contract.ts'
import { findByName } from './names-rules.ts'
import { sniffAudio } from './sniff-rules.ts'
import { wordingOf } from './texts.ts'

/** `key`: the sentence whose field it was chosen in; none where the file's name is to tell. */
export type Upload = { field: string; name: string; body: Buffer; isTooLarge: boolean }

const mostFiles = 60

export const acceptRecordings = async (scope: FastifyInstance): Promise<void> => {
  const limits = { fileSize: mostFileBytes, files: mostFiles, fields: 5, fieldSize: 200, parts: mostFiles + 5 }
  await scope.register(multipart, { limits, throwFileSizeLimit: false })
}

/** The files chosen, and what a pressed button says to remove. */
export async function readUploads(request: FastifyRequest): Promise<{ files: Upload[]; remove: string | null }> {
  if (!request.isMultipart()) throw new PublicError('wrong_media')
  const sent: { files: Upload[]; remove: string | null } = { files: [], remove: null }
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldname === 'bo') sent.remove = String(part.value)
    } else {
      const body = await part.toBuffer()
      const { fieldname: field, filename: name } = part
      if (name) sent.files.push({ field, name, body, isTooLarge: part.file.truncated })
    }
  }
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
