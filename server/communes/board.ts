import type { Database } from '../../db/client.ts'
import { listCommunes } from '../../db/communes/communes.ts'
import { readContacts } from '../../db/communes/contacts.ts'
import { listPeriods, readChanged, readHistory, readNewest } from '../../db/communes/readings.ts'
import { findRemembered, readFindings } from '../../db/communes/witness.ts'
import { readCheckpoint } from '../ledger/note-rules.ts'
import type { BoardView, CommunePageView, IndicatorPageView } from './board-contract.ts'
import { assembleBoard, nameChanges, nameFindings, presenceOf, trendOf } from './board-rules.ts'
import { drawFunnel, funnelOf } from './funnel-chart.ts'
import { periodsToRead } from './reading-rules.ts'

const trendMonths = 12

/** The board of one period. */
export async function readBoard(database: Database, period: string, today: string): Promise<BoardView> {
  const [communes, contacts, readings, changed, findings, periods] = await Promise.all([
    listCommunes(database),
    readContacts(database),
    readNewest(database, [period]),
    readChanged(database),
    readFindings(database),
    listPeriods(database),
  ])
  const offered = [...new Set([...periods, ...periodsToRead(today, false)])].sort()
  return assembleBoard({ communes, contacts, readings, changed, findings, periods: offered }, period, today)
}

/** One indicator of all communes; null where nobody has it. */
export async function readIndicatorPage(
  database: Database,
  asked: { code: string; period: string },
  today: string,
): Promise<IndicatorPageView | null> {
  const board = await readBoard(database, asked.period, today)
  const indicator = board.indicators.find(({ code }) => code === asked.code)
  if (!indicator) return null
  const months = periodsToRead(today, true)
    .filter((period) => /-\d\d$/.test(period))
    .slice(0, trendMonths)
    .reverse()
  const funnel = funnelOf(board, asked.code)
  return {
    board,
    indicator,
    funnelSvg: funnel && drawFunnel(board, indicator, funnel),
    funnel: funnel && { designEffect: funnel.designEffect, spread: funnel.spread, left: funnel.left },
    trend: trendOf(await readNewest(database, months), months, asked.code),
  }
}

/** Everything kept of one commune; null where there is none of this code. */
export async function readCommunePage(database: Database, code: string): Promise<CommunePageView | null> {
  const communes = await listCommunes(database)
  const commune = communes.find((one) => one.code === code)
  if (!commune) return null
  const [contacts, readings, findings, remembered] = await Promise.all([
    readContacts(database),
    readHistory(database, commune.id),
    readFindings(database),
    findRemembered(database, commune.id),
  ])
  const checkpoint = remembered && readCheckpoint(remembered.checkpoint)
  const isOwn = ({ communeId }: { communeId: number }) => communeId === commune.id
  return {
    commune,
    presence: presenceOf(commune, contacts),
    contacts: contacts.filter(isOwn),
    readings,
    changes: nameChanges({ communes, changed: readings }),
    findings: nameFindings(findings.filter(isOwn), communes),
    remembered: remembered && checkpoint ? { ...remembered, size: checkpoint.size } : null,
  }
}
