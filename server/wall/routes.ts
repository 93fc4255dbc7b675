import type { FastifyInstance } from 'fastify'
import { patterns } from '../../web/links.ts'
import { renderWallPage, type WallAssets } from '../../web/wall/page.tsx'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { WallImprovement, WallView } from './contract.ts'
import { openLiveWalls } from './live.ts'
import { inviteTo, readWallImprovements, readWalls } from './wall.ts'

export type WallParts = Pick<
  House,
  'database' | 'catalogue' | 'background' | 'origin' | 'publicUrlMissing' | 'demo' | 'now' | 'running'
> & { wallAssets: WallAssets }

/** The screen on the wall of an agency: for everybody, without signing in. */
export async function serveWall(app: FastifyInstance, parts: WallParts): Promise<void> {
  const { catalogue, wallAssets, origin, publicUrlMissing: trial, demo, now } = parts
  const readViews = async () => {
    const build = JSON.stringify([wallAssets, trial, demo])
    return readWalls(parts.database, await catalogue.read(), await parts.running.read(), { origin: origin(), build })
  }
  const live = await openLiveWalls(parts.database, readViews, now, parts.background)
  app.addHook('preClose', async () => live.close())

  // However many ask at once, the database is asked once.
  let reading: Promise<[Map<string, WallView>, Map<string, WallImprovement[]>]> | undefined
  const readBoth = async () => Promise.all([readViews(), readWallImprovements(parts.database, await catalogue.read())])
  const getWall = async (agency: string): Promise<{ view: WallView; improvements: WallImprovement[] }> => {
    reading ??= readBoth().finally(() => {
      reading = undefined
    })
    const [views, improvements] = await reading
    const view = views.get(agency.toLowerCase())
    if (!view) throw new PublicError('not_found')
    return { view, improvements: improvements.get(view.agency) ?? [] }
  }

  app.get<{ Params: { agency: string } }>(patterns.wall, async (request, reply) => {
    const { view, improvements } = await getWall(request.params.agency)
    const invitation = inviteTo(await catalogue.read(), view.agency, origin())
    const html = renderWallPage({ view, frame: { invitation, improvements, trial, demo, nowMs: now() } }, wallAssets)
    return sendHtml(reply, 200, html, staffPolicy)
  })
  app.get<{ Params: { agency: string } }>(patterns.wallLive, { exposeHeadRoute: false }, async (request, reply) =>
    live.follow(reply, (await getWall(request.params.agency)).view),
  )
}
