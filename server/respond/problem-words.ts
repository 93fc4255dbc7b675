import { messagesIn } from '../../web/messages/messages.ts'
import type { Language } from '../catalogue/contract.ts'
import type { Problem } from '../problems.ts'
import { fieldOfPath } from './answers-schema.ts'

/** What is wrong with a form, at the names its fields have on the page and in the language it is read in. */
export const problemsOnPage = (found: Problem[], language: Language): Problem[] =>
  found.map(({ path, message }) => ({
    path: fieldOfPath(path),
    message: message && language !== 'vi' ? sayIn(language, path) : message,
  }))

/** The schema speaks Vietnamese; a page of ours leaves room for three mistakes. */
function sayIn(language: Language, path: string): string {
  const { unanswered, changed, other } = messagesIn(language).survey.found
  return path === 'answers' ? unanswered : path === 'version' ? changed : other
}
