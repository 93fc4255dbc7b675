import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import { narrowCatalogue } from '../catalogue/ownership-rules.ts'
import { problemsOfPrint } from '../posters/printable.ts'
import { addressOfPlace } from '../qr.ts'
import { type Action, scopeOf } from '../staff/permission-rules.ts'
import type { Refused, SetupChoices } from './contract.ts'
import type { PlaceParts } from './parts.ts'

/** The surveys within the reach of the member who asks: a foreign code is an unknown one. */
export async function readOwn({ guard, catalogue }: PlaceParts, request: FastifyRequest, action: Action) {
  const member = await guard.getStaff(request)
  return { member, state: narrowCatalogue(await catalogue.read(), scopeOf(member, action)) }
}

export const addressOf = ({ origin }: PlaceParts, place: Place, capitals: boolean): string =>
  addressOfPlace(origin(), place.code, capitals)

const printedNames = ['nameVi', 'nameEn', 'nameKm', 'shortName']

/** A form with names for paper: refused as its schema says, or for a character that no printed font has. */
export function readNamed<T extends z.ZodType>(
  schema: T,
  body: unknown,
): { data: z.infer<T>; refused: null } | { data: null; refused: Refused } {
  const form = schema.safeParse(body)
  if (!form.success) return { data: null, refused: refusedBy(form.error, body) }
  const names = Object.entries(form.data as Record<string, string>).filter(([name]) => printedNames.includes(name))
  const problems = problemsOfPrint(Object.fromEntries(names))
  return problems.length > 0
    ? { data: null, refused: { problems, values: valuesIn(body) } }
    : { data: form.data, refused: null }
}

/** What a refused form shows again. */
export function refusedBy(error: z.ZodError, body: unknown): Refused {
  const problems = error.issues.map((issue) => ({ path: String(issue.path[0] ?? ''), message: issue.message }))
  return { problems, values: valuesIn(body) }
}

export function valuesIn(body: unknown): Refused['values'] {
  const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 1000
  const given = Object.entries((body ?? {}) as object).filter(
    ([, value]) => isText(value) || (Array.isArray(value) && value.every(isText)),
  )
  return Object.fromEntries(given)
}

/** What a place may be set up with: agencies that are open or its own, questionnaires in use, fields. */
export function choicesOf(state: CatalogueState, kept?: string): SetupChoices {
  const published = [...state.publishedByCode.values()]
  return {
    agencies: state.agencies
      .filter(({ open, code }) => open || code === kept)
      .map(({ code, name }) => ({ code, name: name.vi })),
    // Households are asked in waves: an open place never carries that one.
    questionnaires: published
      .filter(({ code }) => code !== 'household')
      .map(({ code, definition }) => ({ code, sector: definition.sector, name: definition.title.vi })),
    fields: state.fields.map(({ code, name }) => ({ code, name: name.vi })),
  }
}
