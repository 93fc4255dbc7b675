import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import type { Questionnaire } from '../../server/catalogue/contract.ts'
import { changeDraft, codesOf, readCommand } from '../../server/questionnaires/draft/change.ts'
import type { DraftCommand, DraftInput } from '../../server/questionnaires/draft/contract.ts'
import { definitionIn, inputOf, readInput } from '../../server/questionnaires/draft/form.ts'
import { checkDraft } from '../../server/questionnaires/draft/rules.ts'
import { links } from '../../web/links.ts'
import { readButtons, readFields, unescapeHtml } from '../fixtures/pages/editor-form.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const reference = readReference().questionnaires
const definitionOf = (code: string) => structuredClone(reference.find((one) => one.code === code) as Questionnaire)

describe('the buttons of a part', () => {
  const input = () => inputOf(definitionOf('administrative'))
  const press = (value: string, before = input()) =>
    changeDraft(before, readCommand(value) as DraftCommand, codesOf(reference))
  const codes = (list: { code: string }[] | undefined) => list?.map(({ code }) => code)

  test('move a factor, a criterion, a question and a choice one step', () => {
    expect(codes(press('down:factors.0').factors)?.slice(0, 2)).toEqual(['thu-tuc', 'tiep-can'])
    expect(codes(press('up:factors.1').factors)?.slice(0, 2)).toEqual(['thu-tuc', 'tiep-can'])
    expect(codes(press('up:factors.0.criteria.1').factors[0]?.criteria)?.slice(0, 2)).toEqual(['sipas-16', 'sipas-15'])
    expect(codes(press('down:extra.0').extra)).toEqual(['expectation', 'overall', 'main-reason'])
    const before = codes(input().extra[2]?.choices) as string[]
    expect(codes(press('up:extra.2.choices.1').extra[2]?.choices)?.slice(0, 2)).toEqual([before[1], before[0]])
  })

  test('carry a criterion over the edge of its factor, and nothing over the edge of the list', () => {
    const over = press('down:factors.0.criteria.3')
    expect(codes(over.factors[0]?.criteria)).toEqual(['sipas-15', 'sipas-16', 'sipas-17'])
    expect(codes(over.factors[1]?.criteria)?.[0]).toBe('sipas-18')
    expect(press('up:factors.1.criteria.0', over)).toEqual(input())
    for (const edge of [
      'up:factors.0',
      'up:factors.0.criteria.0',
      'down:factors.4',
      'down:extra.2',
      'up:extra.2.choices.0',
    ])
      expect(press(edge), edge).toEqual(input())
  })

  test('remove exactly the part they stand at', () => {
    expect(codes(press('remove:factors.1').factors)).toEqual(['tiep-can', 'cong-chuc', 'ket-qua', 'phan-anh'])
    expect(codes(press('remove:factors.0.criteria.2').factors[0]?.criteria)).toEqual([
      'sipas-15',
      'sipas-16',
      'sipas-18',
    ])
    expect(press('remove:extra.2.choices.6').extra[2]?.choices).toHaveLength(6)
    expect(press('remove:factors.99')).toEqual(input())
  })

  test('add a part under a code that no version has ever had', () => {
    const taken = codesOf(reference)
    taken.add('cau-1')
    const add = (before: DraftInput, value: string) => changeDraft(before, readCommand(value) as DraftCommand, taken)
    const twice = add(add(input(), 'add:factors.0.criteria'), 'add:factors.0.criteria')
    expect(codes(twice.factors[0]?.criteria)?.slice(4)).toEqual(['cau-2', 'cau-3'])
    expect(codes(add(input(), 'add:factors').factors)).toHaveLength(6)
    const asked = add(input(), 'add:extra.0.choices').extra[0]
    expect([asked?.kind, asked?.choices.length]).toEqual(['choice', 1])
  })

  test.each([
    [
      '',
      'save',
      'add',
      'add:',
      'up:factors',
      'add:factors.0',
      'remove:title.0',
      'up:factors.-1',
      'up:factors.0.__proto__.1',
    ],
    ['up:factors.0.criteria', 'add:extra.0.criteria', 'up:factors.9999', ' up:factors.0', 'up:factors.0\nup:factors.1'],
  ])('with any other value are none', (...values) => {
    for (const value of values) expect(readCommand(value), value).toBeNull()
  })
})

describe('the fields of a questionnaire', () => {
  test.each(reference.map(({ code }) => code))('say what %s says', (code) => {
    const definition = definitionOf(code)
    const fields = Object.fromEntries(flatten(inputOf(definition)))
    expect(checkDraft(definitionIn(readInput(fields)), definition)).toEqual({ definition, problems: [] })
  })

  test('that are wrong are all named at once, by their path and without the keys of the JSON', () => {
    const input = inputOf(definitionOf('administrative'))
    Object.assign(input.factors[0] as object, { draw: 'hai', code: '' })
    Object.assign(input.factors[1]?.criteria[2]?.text as object, { km: '', en: 'x'.repeat(161) })
    const { problems } = checkDraft(definitionIn(input), definitionOf('administrative'))
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'factors.0.code',
      'factors.0.draw',
      'factors.1.criteria.2.text.en',
      'factors.1.criteria.2.text.km',
    ])
    expect(problems.map(({ place }) => place).join()).not.toMatch(/\((draw|code|official|core)\)/)
  })

  test.each<[string, (input: DraftInput) => void, string, RegExp]>([
    [
      'more drawn than there are',
      (d) => Object.assign(d.factors[0] as object, { draw: '5' }),
      'factors.0.draw',
      /nhiều câu hơn/,
    ],
    [
      'a factor never asked',
      (d) => Object.assign(d.factors[0] as object, { draw: '0' }),
      'factors.0.draw',
      /không bao giờ/,
    ],
    ['nine asked', (d) => Object.assign(d.factors[0] as object, { draw: '2' }), '', /hỏi 9 tiêu chí; nhiều nhất là 8/],
    [
      'a code twice',
      (d) => Object.assign(d.factors[1]?.criteria[0] as object, { code: 'sipas-15' }),
      'factors.1.criteria.0.code',
      /dùng hai lần/,
    ],
    ['one choice', (d) => d.extra[2]?.choices.splice(1), 'extra.2.kind', /ít nhất hai mục chọn/],
    ['no factor', (d) => d.factors.splice(0), 'factors', /ít nhất một/],
    [
      'an unknown kind',
      (d) => Object.assign(d.extra[0] as object, { kind: 'essay' }),
      'extra.0.kind',
      /phải là một trong/,
    ],
  ])('with %s are refused at the field', (_, spoil, path, sentence) => {
    const input = inputOf(definitionOf('administrative'))
    spoil(input)
    const { problems } = checkDraft(definitionIn(input), definitionOf('administrative'))
    expect(problems.map((one) => one.path)).toEqual([path])
    expect(problems[0]?.message).toMatch(sentence)
  })
})

/** Every string of the fields by its path; a box that is not ticked is not sent. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'boolean') return value ? [[path, 'yes']] : []
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))
}

describe('over HTTP', () => {
  let server: TestServer
  let cookie: string
  beforeAll(async () => {
    server = await startTestServer()
    cookie = (await server.signIn()).cookie
  })
  afterAll(() => server.stop())

  const open = async (path: string, as = cookie) => (await server.send(path, { headers: { cookie: as } })).text()
  const post = (path: string, fields: Record<string, string>, as = cookie) =>
    server.send(path, { method: 'POST', headers: { cookie: as }, body: new URLSearchParams(fields) })
  const editor = async (code: string) => readFields(await open(links.draftQuestionnaire(code)))
  const send = (code: string, fields: Record<string, string>, button: string) =>
    post(links.draftQuestionnaire(code), { ...fields, do: button })
  const rowsOf = (code: string) =>
    server.database
      .sql`select id, version, status, definition from questionnaire_versions where code = ${code} order by version`

  test.each(reference.map(({ code }) => code))('%s, opened and saved unchanged, makes no draft', async (code) => {
    const before = await rowsOf(code)
    const reply = await send(code, await editor(code), 'save')
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.draftQuestionnaire(code, 'khong-doi')])
    expect(await rowsOf(code)).toEqual(before)
  })

  test('a changed wording is saved as a draft, once, with what it means for a citizen', async () => {
    const code = 'education-primary'
    const fields = { ...(await editor(code)), 'factors.0.title.vi': 'Đường  đến\r\ntrường'.normalize('NFD') }
    const reply = await send(code, fields, 'save')
    expect([reply.status, reply.headers.get('location')]).toEqual([303, links.draftQuestionnaire(code, 'roi')])
    const [, draft] = await rowsOf(code)
    expect(draft?.definition).toEqual({
      ...definitionOf(code),
      version: 2,
      factors: definitionOf(code).factors.map((factor, index) =>
        index === 0 ? { ...factor, title: { ...factor.title, vi: 'Đường đến trường' } } : factor,
      ),
    })
    const page = await open(links.draftQuestionnaire(code, 'roi'))
    expect(page).toContain('Đã lưu bản thảo')
    expect(page).toContain('8 tiêu chí và 2 câu hỏi thêm')
    expect(page.match(/hỏi mọi người<\/span>/g)).toHaveLength(3)
    expect(page).toContain('hỏi 1 trong 4 người')
    expect(page).toMatch(/<b>1<\/b> nhóm thay đổi/)
    expect((await send(code, readFields(page), 'save')).headers.get('location')).toContain('khong-doi')
    expect((await rowsOf(code))[1]?.id).toBe(draft?.id)
    const log = await withinScope(server.database, 'all', (transaction) =>
      transaction
        .select()
        .from(auditLog)
        .where(eq(auditLog.subject, `${code}/2`)),
    )
    expect(log.map(({ actor, action }) => [actor, action])).toEqual([['admin', 'version.draft']])
  })

  test('every button keeps what was typed, changes only its part and stores nothing', async () => {
    const code = 'vaccination'
    const before = await rowsOf(code)
    const page = await open(links.draftQuestionnaire(code))
    const fields = { ...readFields(page), 'title.vi': 'Chưa lưu <b>', 'factors.0.criteria.0.official': '' }
    const buttons = readButtons(page).filter((one) => one !== 'save' && one !== 'preview')
    expect(buttons.length).toBeGreaterThan(100)
    const sample = buttons.filter((one, index) => index % 11 === 0 || !/\.criteria\.\d+$/.test(one))
    for (const button of sample) {
      const reply = await send(code, fields, button)
      const after = await reply.text()
      expect(reply.status, button).toBe(200)
      const expected = changeDraft(readInput(fields), readCommand(button) as DraftCommand, codesOf(reference))
      expect(readInput(readFields(after)), button).toEqual(expected)
      expect(expected, button).not.toEqual(readInput(fields))
      expect(after).toContain('Chưa lưu &lt;b>')
    }
    expect(await rowsOf(code)).toEqual(before)
  })

  test('a new criterion is filled in, saved and drawn; its code is one that was never used', async () => {
    const code = 'education-preschool'
    const added = readFields(await (await send(code, await editor(code), 'add:factors.0.criteria')).text())
    const path = 'factors.0.criteria.4'
    expect(added[`${path}.code`]).toBe('cau-1')
    const empty = await send(code, added, 'save')
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain(`id="${path}.text.vi-problem"`)
    const words = { vi: 'Chỗ gửi xe cho phụ huynh', en: 'Parking for parents', km: 'កន្លែងចតរថយន្ត' }
    for (const [language, text] of Object.entries(words)) added[`${path}.text.${language}`] = text
    added[`${path}.official`] = '23'
    expect((await send(code, added, 'save')).status).toBe(303)
    const page = await open(links.draftQuestionnaire(code))
    expect(page.match(/hỏi 1 trong 5 người/g)?.length).toBeGreaterThanOrEqual(5)
    expect(page).toMatch(/<b>1<\/b> tiêu chí thêm vào/)
    expect(await open(links.questionnaire(code, 2))).toMatch(/<b>1<\/b> tiêu chí thêm vào/)
  })

  test('what is wrong stands beside its field, and nothing typed is lost or stored', async () => {
    const code = 'outpatient'
    const before = await rowsOf(code)
    const typed = { ...(await editor(code)), 'factors.1.criteria.2.text.en': '', 'factors.0.draw': '7' }
    const reply = await send(code, typed, 'save')
    const page = await reply.text()
    expect(reply.status).toBe(422)
    for (const path of ['factors.1.criteria.2.text.en', 'factors.0.draw']) {
      expect(page).toContain(`aria-describedby="${path}-problem"`)
      expect(page).toContain(`href="#${path}"`)
    }
    expect(readFields(page)).toEqual(typed)
    expect(await rowsOf(code)).toEqual(before)
  })

  test('a list that came out too short is told so where parts are added to it', async () => {
    let fields = await editor('education-primary')
    for (let left = 4; left > 0; left -= 1) {
      fields = readFields(await (await send('education-primary', fields, 'remove:factors.0.criteria.0')).text())
    }
    const page = await (await send('education-primary', fields, 'save')).text()
    expect(page).toContain('id="factors.0.criteria-problem"')
    expect(page).toContain('<div class="draft-add" id="factors.0.criteria"')
  })

  test('"no opinion" is offered on health forms only, and an unticked box is saved', async () => {
    const fields = await editor('outpatient')
    expect(fields['factors.0.criteria.0.noOpinion']).toBe('yes')
    expect(await editor('administrative')).not.toHaveProperty(['factors.0.criteria.0.noOpinion'])
    expect(await open(links.draftQuestionnaire('administrative'))).not.toContain('type="checkbox" name')
    delete fields['factors.0.criteria.0.noOpinion']
    expect((await send('outpatient', fields, 'save')).status).toBe(303)
    const [, draft] = await rowsOf('outpatient')
    const { factors } = { ...draft?.definition } as Questionnaire
    expect(factors[0]?.criteria[0]?.noOpinion).toBe(false)
  })

  test('the second of two editors is told, keeps what was typed and may go on knowingly', async () => {
    const code = 'household'
    const both = await editor(code)
    expect((await send(code, { ...both, 'title.vi': 'Lần thứ nhất' }, 'save')).status).toBe(303)
    const late = await send(code, { ...both, 'title.vi': 'Lần thứ hai' }, 'save')
    const page = await late.text()
    expect(late.status).toBe(409)
    expect(page).toContain('Người khác vừa lưu')
    expect(readFields(page)['title.vi']).toBe('Lần thứ hai')
    expect((await rowsOf(code))[1]?.definition).toMatchObject({ title: { vi: 'Lần thứ nhất' } })
    expect((await send(code, readFields(page), 'save')).status).toBe(303)
    expect((await rowsOf(code))[1]?.definition).toMatchObject({ title: { vi: 'Lần thứ hai' } })
  })

  test('of eight who save at once over the same draft one does; the others are told', async () => {
    const code = 'household'
    const fields = await editor(code)
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, index) => send(code, { ...fields, 'title.vi': `Người ${index}` }, 'save')),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(409)])
  })

  test('the JSON text that began before somebody else saved is not stored', async () => {
    const code = 'household'
    const page = await open(links.draftQuestionnaire(code))
    const { revision = '' } = readFields(page)
    const definition = unescapeHtml(/<textarea id="definition"[^>]*>([\s\S]*?)<\/textarea>/.exec(page)?.[1] ?? '')
    await send(code, { ...readFields(page), 'title.en': 'Meanwhile' }, 'save')
    const late = await post(links.draftQuestionnaire(code), { action: 'save', definition, revision })
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('vừa được người khác sửa')])
    expect((await rowsOf(code))[1]?.definition).toMatchObject({ title: { en: 'Meanwhile' } })
  })

  test('hostile text stays text, in the fields, in the JSON and in the preview', async () => {
    const code = 'education-lower-secondary'
    const hostile = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    const fields = {
      ...(await editor(code)),
      'factors.0.title.vi': hostile,
      'extra.0.text.vi': hostile,
      __proto__x: '1',
    }
    expect((await send(code, fields, 'save')).status).toBe(303)
    for (const path of [links.draftQuestionnaire(code), links.previewDraft(code), links.questionnaire(code, 2)]) {
      const page = await open(path)
      expect(page, path).toContain('&lt;script')
      expect(page, path).not.toMatch(/<script>alert|<img src=x/)
    }
    expect((await editor(code))['factors.0.title.vi']).toBe(hostile)
  })

  test.each([
    [400, { do: 'up:factors.0.__proto__.0', revision: '1' }],
    [400, { do: 'publish', revision: '1' }],
    [400, { do: 'save' }],
    [413, { do: 'save', revision: '1', 'title.vi': 'x'.repeat(270_000) }],
  ])('anything else is refused with %i', async (status, fields) => {
    expect((await post(links.draftQuestionnaire('administrative'), fields as Record<string, string>)).status).toBe(
      status,
    )
  })

  describe('the preview', () => {
    const code = 'administrative'
    const id = '0192f3a0-5c1e-7b3d-8f42-a6c7d10e93b5'
    const questionsIn = (page: string) => [...page.matchAll(/name="(a-[\w-]+)"/g)].map(([, name]) => name)

    test('shows the very page, of the same questions for the same id, in the frame of its own site only', async () => {
      const reply = await server.send(links.previewDraft(code, { id }), { headers: { cookie } })
      const policy = reply.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("frame-ancestors 'self'")
      expect(policy).not.toContain('unsafe')
      const page = await reply.text()
      expect(new Set(questionsIn(page)).size).toBe(8)
      expect(questionsIn(await open(links.previewDraft(code, { id, lang: 'km' })))).toEqual(questionsIn(page))
      expect(page).not.toContain('/s/XEM-THU')
      const edit = await server.send(links.draftQuestionnaire(code), { headers: { cookie } })
      expect(edit.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'; frame-src 'self'$/)
    })

    test('draws again without an id, and speaks the language asked for', async () => {
      const draws = await Promise.all(Array.from({ length: 6 }, () => open(links.previewDraft(code))))
      expect(new Set(draws.map((page) => questionsIn(page).join())).size).toBeGreaterThan(1)
      expect(await open(links.previewDraft(code, { lang: 'en' }))).toContain('<html lang="en">')
      expect(await open(`${links.previewDraft(code)}?lang=fr&id=x`)).toContain('<html lang="vi">')
      const pressed = await post(links.previewDraft(code), { lang: 'km', id })
      expect(pressed.headers.get('location')).toBe(links.previewDraft(code, { lang: 'km', id }))
    })

    test('shows what stands in the fields before it is saved, or what is wrong there', async () => {
      const fields = await editor(code)
      for (const path of Object.keys(fields).filter((one) => one.endsWith('.core'))) fields[path] = 'no'
      fields['factors.0.criteria.0.core'] = 'yes'
      fields['factors.0.criteria.0.text.vi'] = 'Lời hỏi đang gõ'
      const shown = await post(links.previewDraft(code), { ...fields, do: 'preview' })
      expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('Lời hỏi đang gõ')])
      const wrong = await post(links.previewDraft(code), { ...fields, 'title.vi': '', do: 'preview' })
      expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('Tên tiếng Việt: để trống')])
      expect(await rowsOf(code)).toHaveLength(1)
    })

    test('cannot be sent: its own form says so and stores nothing', async () => {
      const page = await open(links.previewDraft(code, { id }))
      const action = /<form[^>]*action="([^"]*)"/.exec(page)?.[1] as string
      expect(action).toBe(links.previewDraft(code))
      const reply = await post(action, { id, version: '1', [questionsIn(page)[0] as string]: '5' })
      expect(await reply.text()).toContain('Phiếu không được gửi')
      const [row] = await server.database.sql`select count(*)::int as n from responses`
      expect(row?.n).toBe(0)
    })

    test('and the editor belong to those who answer for the questionnaire', async () => {
      const health = await server.signInAs('manager', ['tram-y-te'])
      const fields = await editor(code)
      for (const path of [links.draftQuestionnaire(code), links.previewDraft(code)]) {
        expect((await server.send(path, { headers: { cookie: health.cookie } })).status).toBe(403)
        expect((await post(path, { ...fields, do: 'save' }, health.cookie)).status).toBe(403)
      }
      expect((await server.send(links.previewDraft('outpatient'), { headers: health })).status).toBe(200)
      expect((await server.send(links.previewDraft(code))).status).toBe(303)
    })
  })
})
