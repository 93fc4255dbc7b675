import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAudit } from '../../db/staff/audit.ts'
import { links } from '../../web/links.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

type Shown = Parameters<typeof links.translationPart>[1]
const open = async (part: string, shown: Shown = {}, as = cookie) =>
  (await server.send(links.translationPart(part, shown), { headers: { cookie: as } })).text()

/** The fields of the form as a browser would send them. */
function fieldsOf(html: string): URLSearchParams {
  const fields = new URLSearchParams()
  const plain = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([ksw]\d+)" value="([^"]*)"/g))
    fields.set(name, plain(value))
  for (const [, name = '', value = ''] of html.matchAll(/<textarea id="t\d+" name="(t\d+)"[^>]*>([^<]*)<\/textarea>/g))
    fields.set(name, plain(value))
  for (const [, name = ''] of html.matchAll(/name="(r\d+)" value="yes" checked/g)) fields.set(name, 'yes')
  return fields
}

const numberOf = (fields: URLSearchParams, key: string): string => {
  for (const [name, value] of fields) if (name.startsWith('k') && value === key) return name.slice(1)
  throw new Error(`no ${key}`)
}

const save = (
  part: string,
  fields: URLSearchParams,
  { shown = {}, as = cookie }: { shown?: Shown; as?: string } = {},
) => server.send(links.translationPart(part, shown), { method: 'POST', headers: { cookie: as }, body: fields })

async function edit(part: string, key: string, text: string, shown: Shown = {}) {
  const fields = fieldsOf(await open(part, shown))
  fields.set(`t${numberOf(fields, key)}`, text)
  return save(part, fields, { shown })
}

const khmerSurvey = async (place = 'QUAYHT') => (await server.send(`${links.survey(place)}?lang=km`)).text()
const audit = async (action: string) =>
  (await readAudit(server.database, {}, 200)).filter((line) => line.action === action)
const wordings = () => server.database.sql`select part, key, body, changed_by from wordings order by key`

const title = 'វាយតម្លៃកន្លែង៖ {1}'

describe('an interface text', () => {
  test('worded by the commune is on the next page of a citizen, audited with before and after', async () => {
    expect((await edit('survey', 'page/title', title)).status).toBe(303)
    expect(await khmerSurvey()).toMatch(/<title>[^<]*វាយតម្លៃកន្លែង៖ [^{<]+<\/title>/)
    expect(await wordings()).toEqual([{ part: 'survey', key: 'page/title', body: title, changed_by: 'admin' }])
    expect((await audit('translation.change'))[0]).toMatchObject({
      ...{ actor: 'admin', subject: 'survey/page/title' },
      change: { before: { text: 'វាយតម្លៃ៖ {1}' }, after: { text: title } },
    })
  })

  test('is heard of by every process, and read from memory on citizens’ pages', async () => {
    const other = await startTestServer({ connection: server.connection })
    const read = async () => (await other.send(`${links.survey('QUAYHT')}?lang=km`)).text()
    expect((await edit('survey', 'survey/send', 'ផ្ញើឥឡូវ', { phan: 'tat-ca' })).status).toBe(303)
    await expect.poll(read, { timeout: 5000 }).toContain('ផ្ញើឥឡូវ')
    await other.stop()
  })

  test('worded as it was built is no wording of the commune’s own', async () => {
    expect((await edit('survey', 'page/title', 'វាយតម្លៃ៖  {1}')).status).toBe(303)
    expect((await wordings()).map(({ key }) => key)).not.toContain('page/title')
  })

  test('without its value is refused with one sentence, saves nothing and keeps what was typed', async () => {
    const reply = await edit('survey', 'page/title', 'គ្មានកន្លែង')
    const html = await reply.text()
    expect(reply.status).toBe(422)
    expect(html).toContain('phải giữ đủ {1}')
    expect(fieldsOf(html).toString()).toContain(encodeURIComponent('គ្មានកន្លែង'))
    expect(await khmerSurvey()).not.toContain('គ្មានកន្លែង')
  })

  // Names of fields and places stand on the same page as its words.
  test.each(['survey', 'names'])(
    'that would make a page too heavy for its first round trip is refused: %s',
    async (part) => {
      const fields = fieldsOf(await open(part, { phan: 'tat-ca' }))
      const alphabet = Array.from({ length: 33 }, (_, index) => String.fromCharCode(0x1780 + index))
      let seed = 7
      const letter = () => {
        seed = (seed * 16807) % 2147483647
        return alphabet[seed % 33] as string
      }
      const lengthOf = (value: string) => (part === 'names' ? 120 : Math.max(24, value.length))
      for (const [name, value] of [...fields]) {
        // As long as is allowed, and nothing that could be packed.
        if (name.startsWith('t') && !value.includes('{'))
          fields.set(name, Array.from({ length: lengthOf(value) }, letter).join(''))
      }
      const reply = await save(part, fields, { shown: { phan: 'tat-ca' } })
      expect([reply.status, await reply.text()]).toEqual([
        422,
        expect.stringMatching(/sẽ nặng \d+ byte, quá 14600 byte/),
      ])
      expect((await open('names', { phan: 'tat-ca' })).includes(fields.get('t0') as string)).toBe(false)
    },
  )
})

describe('two translators', () => {
  test('who save different texts of one section keep both', async () => {
    const [one, two] = [fieldsOf(await open('receipt')), fieldsOf(await open('receipt'))]
    one.set(`t${numberOf(one, 'followUp/see')}`, 'មើលចម្លើយឥឡូវ')
    two.set(`t${numberOf(two, 'followUp/number')}`, 'លេខទូរស័ព្ទរបស់អ្នក')
    expect([(await save('receipt', one)).status, (await save('receipt', two)).status]).toEqual([303, 303])
    const now = (await wordings()).map(({ key }) => key)
    expect(now).toEqual(expect.arrayContaining(['followUp/see', 'followUp/number']))
  })

  test('who word one text differently: the later is shown both, and nothing is overwritten', async () => {
    const [one, two] = [fieldsOf(await open('receipt')), fieldsOf(await open('receipt'))]
    const at = numberOf(one, 'followUp/callIntro')
    one.set(`t${at}`, 'ផ្ញើ ក')
    two.set(`t${at}`, 'ផ្ញើ ខ')
    expect((await save('receipt', one)).status).toBe(303)
    const reply = await save('receipt', two)
    const html = await reply.text()
    expect(reply.status).toBe(409)
    expect(html).toContain('vừa được người khác sửa')
    expect([html.includes('ផ្ញើ ក'), fieldsOf(html).get(`t${at}`)]).toEqual([true, 'ផ្ញើ ខ'])
    // Having seen it, the second one decides.
    expect((await save('receipt', fieldsOf(html))).status).toBe(303)
    expect(await wordings()).toContainEqual(expect.objectContaining({ key: 'followUp/callIntro', body: 'ផ្ញើ ខ' }))
  })

  test('who save at once: one is first, the other is told', async () => {
    const texts = Array.from({ length: 6 }, (_, index) => `ទូរស័ព្ទ ${index}`)
    const forms = await Promise.all(
      texts.map(async (text) => {
        const fields = fieldsOf(await open('receipt'))
        fields.set(`t${numberOf(fields, 'followUp/call')}`, text)
        return fields
      }),
    )
    const replies = await Promise.all(forms.map((fields) => save('receipt', fields)))
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409, 409, 409])
  })
})

describe('a review', () => {
  test('says who and when, counts towards the part, and goes with another wording', async () => {
    const before = await open('ledger')
    const fields = fieldsOf(before)
    fields.set('do', 'review-all')
    expect((await save('ledger', fields)).status).toBe(303)
    const after = await open('ledger')
    expect(after).toContain('Đã duyệt 8 trên 8 câu.')
    expect(after).toMatch(/<small>Quản trị hệ thống, ngày \d/)
    expect(await open('ledger', { loc: 'chua-duyet' })).toContain('Mọi câu của phần này đã được duyệt.')
    expect((await audit('translation.review'))[0]).toMatchObject({
      subject: 'ledger',
      change: { after: { reviewer: 'Quản trị hệ thống' } },
    })
    const again = fieldsOf(after)
    again.set(`t${numberOf(again, 'what')}`, 'តើសៀវភៅធំជាអ្វី')
    expect((await save('ledger', again)).status).toBe(303)
    expect(await open('ledger')).toContain('Đã duyệt 7 trên 8 câu.')
  })

  test('of the last text takes the warning off citizens’ pages, and taking one back puts it on again', async () => {
    const warning = 'Bản dịch chưa được duyệt'
    const read = async () => (await server.send(`${links.findReply()}?lang=km`)).text()
    const reviewAll = async (part: string) => {
      const fields = fieldsOf(await open(part, { phan: 'tat-ca' }))
      fields.set('do', 'review-all')
      expect((await save(part, fields)).status).toBe(303)
    }
    expect(await read()).toContain(warning)
    await reviewAll('receipt')
    expect(await read()).toContain(warning)
    await reviewAll('survey')
    expect(await read()).not.toContain(warning)
    const fields = fieldsOf(await open('receipt'))
    fields.delete('r0')
    await save('receipt', fields)
    expect(await read()).toContain(warning)
  })
})

describe('a questionnaire', () => {
  const part = 'questions-administrative'
  const warning = 'Bản dịch chưa được duyệt'
  const whole = { phan: 'tat-ca' }

  test('reviewed text by text is a reviewed version, without a draft', async () => {
    expect(await khmerSurvey()).toContain(warning)
    const fields = fieldsOf(await open(part, whole))
    fields.set('do', 'review-all')
    expect((await save(part, fields, { shown: whole })).status).toBe(303)
    expect(await khmerSurvey()).not.toContain(warning)
    expect((await audit('version.review'))[0]).toMatchObject({
      subject: 'administrative/1',
      change: { after: { km: true } },
    })
    const drafts = await server.database.sql`select 1 from questionnaire_versions where status = 'draft'`
    expect(drafts).toHaveLength(0)
  })

  test('worded otherwise goes into a draft; what was published stays, and the draft keeps its other reviews', async () => {
    const published = async () =>
      (
        await server.database
          .sql`select definition from questionnaire_versions where code = 'administrative' and version = 1`
      )[0]
    const before = await published()
    expect((await edit(part, 'title', 'សំណួរថ្មី', whole)).status).toBe(303)
    expect(await published()).toEqual(before)
    const [draft] = await server.database.sql`
      select version, reviewed, definition -> 'title' ->> 'km' as km from questionnaire_versions where status = 'draft'`
    expect(draft).toMatchObject({ version: 2, km: 'សំណួរថ្មី', reviewed: {} })
    expect(await open(part)).toContain('bản thảo phiên bản 2')
    expect(await open(part, { loc: 'chua-duyet' })).toContain('Chưa duyệt (1)')
    expect(await khmerSurvey()).not.toContain(warning)
  })

  test('whose last text is reviewed in the draft is published as reviewed', async () => {
    const shown = { loc: 'chua-duyet' }
    const fields = fieldsOf(await open(part, shown))
    fields.set('r0', 'yes')
    expect((await save(part, fields, { shown })).status).toBe(303)
    const body = new URLSearchParams({ reason: 'Sửa câu chữ tiếng Khmer theo người duyệt.' })
    const reply = await server.send(links.publishQuestionnaire('administrative', 2), {
      method: 'POST',
      headers: { cookie },
      body,
    })
    expect(reply.status).toBe(303)
    const page = await khmerSurvey()
    expect(page).not.toContain(warning)
  })

  test('marked as a whole and then doubted in one text is no longer reviewed, the other texts are', async () => {
    const mark = new URLSearchParams({ language: 'km', reviewed: 'yes' })
    await server.send(links.reviewTranslation('outpatient', 1), { method: 'POST', headers: { cookie }, body: mark })
    const fields = fieldsOf(await open('questions-outpatient'))
    fields.delete('r0')
    expect((await save('questions-outpatient', fields)).status).toBe(303)
    expect(await open('questions-outpatient', { loc: 'chua-duyet' })).toContain('Chưa duyệt (1)')
    const [version] = await server.database.sql`select reviewed from questionnaire_versions where code = 'outpatient'`
    expect(version?.reviewed).toEqual({})
  })
})

test('a name in Khmer stands where the name stands, and may go without', async () => {
  const name = async () =>
    (await server.database.sql`select name ->> 'km' as km from fields where code = 'dat-dai'`)[0]?.km
  const shown = { phan: 'tat-ca' }
  expect((await edit('names', 'field/dat-dai', 'ដីធ្លីថ្មី', shown)).status).toBe(303)
  expect(await name()).toBe('ដីធ្លីថ្មី')
  expect((await edit('names', 'place/QUAYHT', '', shown)).status).toBe(303)
  expect((await edit('names', 'place/QUAYHT', 'បញ្ជរ', shown)).status).toBe(303)
  expect(await khmerSurvey()).toContain('បញ្ជរ')
})

describe('who may', () => {
  test('is the administrator and whoever coordinates; nobody else, and no other site', async () => {
    const coordinator = await server.signInAs('manager', ['phong-van-hoa-xa-hoi'])
    const manager = await server.signInAs('manager', ['trung-tam-pvhcc'])
    const list = (as: string) => server.send(links.translations(), { headers: { cookie: as } })
    expect((await list(coordinator.cookie)).status).toBe(200)
    expect((await list(manager.cookie)).status).toBe(403)
    expect(await open('posters', {}, coordinator.cookie)).toContain('Tiếng Khmer')
    const foreign = await server.send(links.translationPart('posters'), {
      ...{ method: 'POST', headers: { cookie, origin: 'https://elsewhere.example' } },
      body: fieldsOf(await open('posters')),
    })
    expect(foreign.status).toBe(403)
  })

  test('an unknown part or section is no page', async () => {
    const status = async (path: string) => (await server.send(path, { headers: { cookie } })).status
    expect(await status(links.translationPart('nothing'))).toBe(404)
    expect(await status(links.translationPart('survey', { phan: '99' }))).toBe(400)
    const nothing = await save('survey', new URLSearchParams({ a: 'b' }))
    expect(nothing.status).toBe(400)
  })
})
