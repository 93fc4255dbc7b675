import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import type { IndicatorHouse } from '../indicators/parts.ts'
import type { Warnings } from '../indicators/warnings.ts'
import { readBoard } from './board.ts'
import { openLiveBoards } from './live.ts'
import { serveToday } from './routes.ts'
import { createTicketRates } from './ticket-rates.ts'

export type TodayHouse = IndicatorHouse & Pick<House, 'background' | 'now' | 'publicUrl' | 'running'>

/** The day's board and its live stream. */
export async function useToday(app: FastifyInstance, house: TodayHouse, { warnings }: { warnings: Warnings }) {
  const { database, background, catalogue } = house
  const parts = { ...house, warnings, rates: createTicketRates(house) }
  const live = await openLiveBoards(database, background, async (viewer) =>
    readBoard(parts, await catalogue.read(), viewer),
  )
  app.addHook('preClose', async () => live.close())
  serveToday(app, { ...parts, live })
}
