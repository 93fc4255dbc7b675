import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '../../server/shell-contract.ts'
import { access } from '../../server/staff/access.ts'
import type { StaffMember } from '../../server/staff/contract.ts'
import { type Action, actions, mayDo } from '../../server/staff/permission-rules.ts'
import { explainRefusal } from '../../server/staff/refusal-words.ts'
import { links } from '../../web/links.ts'
import { roleNames } from '../../web/ui/shell.tsx'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const memberOf = (role: StaffMember['role'], coordinates = false): StaffMember => ({
  ...{ id: 1, username: 'thu', displayName: '', role, agencies: [], coordinates },
})
const coordinator = `“${roleNames.manager}” của đơn vị theo dõi chung toàn xã`

describe.each(actions)('the refusal of %s', (action: Action) => {
  const able = [
    ...roles.filter((role) => mayDo(memberOf(role), action)).map((role) => `“${roleNames[role]}”`),
    ...(!mayDo(memberOf('manager'), action) && mayDo(memberOf('manager', true), action) ? [coordinator] : []),
  ]
  const others = roles.filter((role) => !mayDo(memberOf(role), action))

  test('names everybody the one table lets do it, and nobody else', () => {
    for (const role of others) {
      const [, named] = /việc này cần vai trò (.+?)\. Xin/.exec(explainRefusal(memberOf(role), action)) ?? []
      expect(named?.split(/(?<=”|xã)(?:, | hoặc )/)).toEqual(able)
    }
  })
})

test('who may do it for the own agencies is told that this is another agency’s, not that the own role is needed', () => {
  const said = explainRefusal(memberOf('manager'), 'visits.change')
  expect(said).toContain('chỉ được nhập lượt phục vụ của đơn vị mình')
  expect(said).not.toContain('cần vai trò')
})

describe('through HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  const refusalOf = async (path: string, headers: { cookie: string }) => {
    const reply = await server.send(path, { headers })
    return [reply.status, (await reply.text()).replaceAll('&nbsp;', ' ')] as const
  }

  test('the translations’ page names the administrator and whoever follows the whole commune', async () => {
    expect(access[`GET ${links.translations()}`]).toBe('translations.change')
    const [status, page] = await refusalOf(links.translations(), await server.signInAs('manager', ['tram-y-te']))
    expect(status).toBe(403)
    expect(page).toContain(`“${roleNames.administrator}” hoặc ${coordinator}`)
    const [open] = await refusalOf(links.translations(), await server.signInAs('manager', ['phong-van-hoa-xa-hoi']))
    expect(open).toBe(200)
  })

  test('another agency’s indicator is refused in words of its own', async () => {
    const [status, page] = await refusalOf(links.indicator('II.1'), await server.signInAs('manager', ['tram-y-te']))
    expect(status).toBe(403)
    expect(page).toContain('chỉ được xem kết quả của đơn vị mình')
  })
})
