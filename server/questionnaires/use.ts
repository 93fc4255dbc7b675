import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { serveQuestionnairePages } from './list-routes.ts'
import { serveVersions } from './routes.ts'

export type QuestionnaireHouse = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'files'>

/** Questionnaires: all versions, one, drafts. */
export function useQuestionnaires(app: FastifyInstance, house: QuestionnaireHouse): void {
  const survey = { style: house.files.text('survey.css'), script: house.files.text('survey.js') }
  serveQuestionnairePages(app, house)
  serveVersions(app, { ...house, survey })
}
