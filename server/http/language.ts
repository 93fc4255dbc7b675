import type { FastifyRequest } from 'fastify'
import { type Language, languages } from '../catalogue/contract.ts'

/** Keeps, on a person's own device, that letters are to be large. */
export const sizeCookie = 'yd_chu'
export const largeText = 'to'

export const wantsLargeText = ({ cookies }: FastifyRequest): boolean => cookies?.[sizeCookie] === largeText

/** The language a citizen chose: the form's, else the address's, else Vietnamese. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = [
    (request.body as { language?: unknown } | undefined)?.language,
    (request.query as { lang?: unknown })?.lang,
  ]
  return chosen.map((value) => languages.find((language) => language === value)).find(Boolean) ?? 'vi'
}
