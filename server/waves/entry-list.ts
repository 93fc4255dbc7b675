import type { FastifyInstance } from 'fastify'
import { readWaves } from '../../db/waves/waves.ts'
import { links } from '../../web/links.ts'
import { renderEntryListPage } from '../../web/waves/entry/list-page.tsx'
import { dayOf } from '../days.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { isInScope, scopeOf, shellOf } from '../staff/permission-rules.ts'
import { paperChannels } from './entry-reading.ts'
import type { WaveParts } from './figures.ts'
import { stateOf } from './rules.ts'

/** Waves that forms can be typed into today, for those who come for nothing else. */
export function serveEntryList(app: FastifyInstance, parts: WaveParts): void {
  app.get(links.entries, async (request, reply) => {
    const member = await parts.guard.getStaff(request)
    const scope = scopeOf(member, 'entries.enter')
    const today = dayOf(parts.now())
    const waves = (await readWaves(parts.database)).filter(
      (wave) =>
        isInScope(scope, wave.ownerAgencyId) &&
        paperChannels(wave).length > 0 &&
        ['open', 'due'].includes(stateOf(wave, today)),
    )
    const shell = shellOf(member, 'entries', parts.demo)
    return sendHtml(reply, 200, renderEntryListPage({ waves, shell }, parts.assets), staffPolicy)
  })
}
