import type { z } from 'zod'

/** One refused part of a form or a JSON body; `path` is the form's field name or the JSON path. */
export type Problem = { path: string; message: string }

/** zod's issues as problems, one per path. */
export function problemsOf(error: z.ZodError): Problem[] {
  const problems = new Map<string, string>()
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.')
    if (!problems.has(path)) problems.set(path, issue.message)
  }
  return [...problems].slice(0, 50).map(([path, message]) => ({ path, message }))
}
