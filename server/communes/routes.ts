import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { boardLinks, boardPatterns } from '../../web/board-links.ts'
import { renderBoardPage } from '../../web/communes/board-page.tsx'
import { renderCommunePage } from '../../web/communes/commune-page.tsx'
import { renderIndicatorPage } from '../../web/communes/indicator-page.tsx'
import { renderMethodPage } from '../../web/communes/method-page.tsx'
import { boardSections, indicatorSections } from '../../web/communes/sections.ts'
import { links } from '../../web/links.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { readSection } from '../http/section.ts'
import { homeOf } from '../staff/home.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { readBoard, readCommunePage, readIndicatorPage } from './board.ts'
import { type BoardParts, readPeriod } from './parts.ts'

type ByCode = { Params: { code: string } }

/** The communes beside each other: all, by indicator, one alone. */
export function serveBoard(app: FastifyInstance, parts: BoardParts): void {
  const { database, today, guard } = parts
  app.get(links.home, async (request, reply) => {
    const member = await guard.findStaff(request)
    return reply.redirect(member ? homeOf(member) : links.signIn(), 303)
  })
  app.get(boardLinks.board(), async (request, reply) => {
    const view = await readBoard(database, readPeriod(request, today()), today())
    const section = readSection(request.query, boardSections(view.rows))
    return show(parts, request, reply, (shell) => renderBoardPage({ view, shell, section }, parts.assets))
  })
  app.get<ByCode>(boardPatterns.indicator, async (request, reply) => {
    const asked = { code: request.params.code, period: readPeriod(request, today()) }
    const view = await readIndicatorPage(database, asked, today())
    if (!view) throw new PublicError('not_found')
    const section = readSection(request.query, indicatorSections(view.board.rows))
    return show(parts, request, reply, (shell) => renderIndicatorPage({ view, shell, section }, parts.assets))
  })
  app.get<ByCode>(boardPatterns.commune, async (request, reply) => {
    const view = await readCommunePage(database, request.params.code)
    if (!view) throw new PublicError('not_found')
    return show(parts, request, reply, (shell) => renderCommunePage({ view, shell }, parts.assets))
  })
  app.get(boardLinks.method, (request, reply) =>
    show(parts, request, reply, (shell) => renderMethodPage({ shell }, parts.assets)),
  )
}

async function show(
  { guard, demo }: BoardParts,
  request: FastifyRequest,
  reply: FastifyReply,
  render: (shell: ReturnType<typeof shellOf>) => string,
) {
  const shell = shellOf(await guard.getStaff(request), 'province', demo)
  return sendHtml(reply, 200, render(shell), staffPolicy)
}
