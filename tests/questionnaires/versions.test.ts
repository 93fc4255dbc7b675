import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDraft, discardDraft, publishDraft, replaceDraft } from '../../db/questionnaires/versions.ts'
import { readReference } from '../../db/reference/reference.ts'
import type { Criterion, Questionnaire } from '../../server/catalogue/contract.ts'
import { readDraft, writeDraft } from '../../server/questionnaires/draft/rules.ts'
import { compareVersions, isEmptyDiff } from '../../server/questionnaires/versions-rules.ts'
import { compareWords } from '../../server/questionnaires/words-rules.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const reference = readReference().questionnaires
const definitionOf = (code: string) => structuredClone(reference.find((one) => one.code === code) as Questionnaire)
const own = { code: 'administrative', version: 2, sector: 'administrative' } as const

/** A copy of the administrative questionnaire, changed. */
function changed(change: (definition: Questionnaire) => void): Questionnaire {
  const definition = { ...definitionOf('administrative'), version: 2 }
  change(definition)
  return definition
}

const firstCriteria = (definition: Questionnaire): Criterion[] => definition.factors[0]?.criteria as Criterion[]
const difference = (change: (definition: Questionnaire) => void) =>
  compareVersions(definitionOf('administrative'), changed(change))
const problemsOf = (change: (definition: Questionnaire) => void) => readDraft(writeDraft(changed(change)), own).problems

describe('the difference between two versions', () => {
  test('of a version and itself is empty', () => {
    expect(isEmptyDiff(difference(() => {}))).toBe(true)
  })

  test('names what was added and removed by code', () => {
    const diff = difference((definition) => {
      const [first] = firstCriteria(definition).splice(0, 1) as [Criterion]
      firstCriteria(definition).push({ ...first, code: 'sipas-34', official: '34' })
    })
    expect(diff.added.map(({ code }) => code)).toEqual(['sipas-34'])
    expect(diff.removed.map(({ code }) => code)).toEqual(['sipas-15'])
    expect([diff.moved, diff.reworded, diff.renumbered]).toEqual([[], [], []])
  })

  test('tells a criterion moved to another factor from one moved within its own', () => {
    const diff = difference((definition) => {
      const [first] = firstCriteria(definition).splice(0, 1) as [Criterion]
      definition.factors[1]?.criteria.push(first)
      firstCriteria(definition).reverse()
    })
    expect(diff.moved.map(({ code, from }) => [code, from])).toEqual(
      expect.arrayContaining([['sipas-15', 'Tiếp cận dịch vụ']]),
    )
    expect(diff.moved.filter(({ from }) => from === null)).toHaveLength(2)
  })

  test('marks the words that changed, per language', () => {
    const diff = difference((definition) => {
      const text = firstCriteria(definition)[0]?.text as Criterion['text']
      text.vi = 'Thông tin rõ ràng về thủ tục Ông/Bà cần làm'
    })
    expect(diff.reworded).toMatchObject([
      {
        code: 'sipas-15',
        changes: [
          {
            language: 'vi',
            pieces: [
              { kind: 'same', text: 'Thông tin ' },
              { kind: 'added', text: 'rõ ràng ' },
              { kind: 'same', text: 'về thủ tục Ông/Bà cần làm' },
            ],
          },
        ],
      },
    ])
  })

  test('finds words in Khmer, which has no spaces between them', () => {
    const pieces = compareWords('ការឆ្លើយរបស់មន្ត្រីពេលលោកអ្នកសួរ', 'ការឆ្លើយរបស់គ្រូពេទ្យពេលលោកអ្នកសួរ', 'km')
    expect(pieces.filter(({ kind }) => kind === 'same').length).toBeGreaterThanOrEqual(2)
    expect(pieces.filter(({ kind }) => kind === 'removed')).toEqual([{ kind: 'removed', text: 'មន្ត្រី' }])
  })

  test('of any two versions reads as the earlier without the additions and as the later without the removals', () => {
    for (const [a, b] of [
      ['outpatient', 'vaccination'],
      ['education-preschool', 'education-primary'],
    ] as const) {
      const texts = (code: string) =>
        definitionOf(code).factors.flatMap(({ criteria }) => criteria.map(({ text }) => text.km))
      const pairs = texts(a).map((text, index) => [text, texts(b)[index] ?? ''] as const)
      for (const [before, after] of pairs) {
        const pieces = compareWords(before, after, 'km')
        const without = (kind: string) => pieces.flatMap((piece) => (piece.kind === kind ? [] : piece.text)).join('')
        expect([without('added'), without('removed')]).toEqual([before, after])
      }
    }
  })

  test('shows changed probabilities, draws and "no opinion"', () => {
    const diff = difference((definition) => {
      const [factor] = definition.factors as [Questionnaire['factors'][number]]
      factor.draw = 2
      ;(factor.criteria[0] as Criterion).noOpinion = true
    })
    expect(diff.factors).toMatchObject([{ code: 'tiep-can', kind: 'changed', drawBefore: 1, drawAfter: 2 }])
    expect(diff.asking.map(({ code, before, after }) => [code, before.probability, after.probability])).toEqual(
      ['sipas-15', 'sipas-16', 'sipas-17', 'sipas-18'].map((code) => [code, 0.25, 0.5]),
    )
    expect(diff.asking[0]?.after.noOpinion).toBe(true)
  })

  test('warns where a code was kept under another official number', () => {
    const diff = difference((definition) => {
      ;(firstCriteria(definition)[1] as Criterion).official = '17'
    })
    expect(diff.renumbered).toMatchObject([{ code: 'sipas-16', before: '16', official: '17' }])
  })

  test('follows the extra questions and their choices', () => {
    const diff = difference((definition) => {
      definition.extra = definition.extra.filter(({ code }) => code !== 'expectation')
      const reason = definition.extra.find(({ code }) => code === 'main-reason')
      reason?.choices?.pop()
    })
    expect(diff.extra).toMatchObject([
      { code: 'main-reason', kind: 'changed', choices: [{ kind: 'removed', text: 'Điều khác' }] },
      { code: 'expectation', kind: 'removed' },
    ])
  })
})

describe('a draft that was typed', () => {
  test.each<[string, (definition: Questionnaire) => void, RegExp]>([
    [
      'an empty text',
      (d) => {
        ;(firstCriteria(d)[1] as Criterion).text.km = ''
      },
      /^Nhóm 1 \(tiep-can\), tiêu chí 2 \(sipas-16\), lời tiếng Khmer: để trống/,
    ],
    [
      'a text too long',
      (d) => {
        ;(firstCriteria(d)[0] as Criterion).text.vi = 'dài '.repeat(60)
      },
      /tiếng Việt: dài 239 ký tự; nhiều nhất là 160/,
    ],
    [
      'a code with capitals',
      (d) => {
        ;(firstCriteria(d)[0] as Criterion).code = 'SIPAS'
      },
      /mã \(code\): mã chỉ gồm chữ thường/,
    ],
    [
      'a code used twice',
      (d) => {
        ;(firstCriteria(d)[0] as Criterion).code = 'sipas-16'
      },
      /mã tiêu chí dùng hai lần/,
    ],
    [
      'more drawn than there are',
      (d) => {
        ;(d.factors[0] as { draw: number }).draw = 5
      },
      /rút nhiều câu hơn/,
    ],
    [
      'a criterion that is never asked',
      (d) => {
        ;(d.factors[0] as { draw: number }).draw = 0
      },
      /^Nhóm 1 \(tiep-can\): .*không bao giờ được hỏi/,
    ],
    [
      'nine criteria asked',
      (d) => {
        ;(d.factors[0] as { draw: number }).draw = 2
      },
      /hỏi 9 tiêu chí; nhiều nhất là 8/,
    ],
    [
      'an unknown member',
      (d) => {
        Object.assign(firstCriteria(d)[0] as object, { weight: 2 })
      },
      /không có mục tên "weight"/,
    ],
    [
      'a choice of digits only',
      (d) => {
        d.extra[2]?.choices?.push({ code: '7', text: d.title })
      },
      /phải có ít nhất một chữ cái/,
    ],
    [
      'a choice question without choices',
      (d) => {
        d.extra.push({ code: 'x', kind: 'choice', text: d.title })
      },
      /cần ít nhất hai mục chọn/,
    ],
  ])('with %s is refused with the place of the error', (_, change, sentence) => {
    const problems = problemsOf(change)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(sentence)
  })

  test.each([
    ['{\n  "title": {"vi": "a",},\n}', /^Dòng 2, ký tự 23: sai dấu ngay trước “},”/],
    ['{\n  "title": 1\n  "source": 2\n}', /^Dòng 3, ký tự 3: sai dấu ngay trước “"source": 2”/],
    ['{"a": [1, 2', /^Dòng 1, ký tự 12: thiếu dấu đóng ở cuối/],
    ['{"a": "chưa đóng\n}', /^Dòng 1, ký tự 7: sai dấu ngay trước “"chưa đóng”/],
    ['xin chào', /^Dòng 1, ký tự 1: sai dấu/],
    ['[]', /bắt đầu bằng dấu \{/],
    ['', /^Dòng 1, ký tự 1: thiếu/],
  ])('that is not JSON says the line and the letter: %j', (text, sentence) => {
    expect(readDraft(text, own).problems[0]).toMatch(sentence)
  })

  test('keeps the code and the sector of its questionnaire', () => {
    const text = JSON.stringify({ ...definitionOf('administrative'), code: 'outpatient', sector: 'health' })
    expect(readDraft(text, own).problems).toEqual([
      'Mục "code" phải giữ là "administrative", hoặc bỏ đi.',
      'Mục "sector" phải giữ là "administrative", hoặc bỏ đi.',
    ])
  })

  test('is stored in composed letters, whatever the keyboard sent', () => {
    const text = writeDraft(definitionOf('administrative')).normalize('NFD')
    expect(readDraft(text, own).definition?.title.vi).toBe('Ý kiến về giải quyết thủ tục hành chính'.normalize('NFC'))
  })
})

describe('in the database', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  const statusesOf = async (code: string) =>
    (
      await server.database
        .sql`select version, status from questionnaire_versions where code = ${code} order by version`
    ).map(({ version, status }) => `${version} ${status}`)

  test('of ten drafts begun at once there is one', async () => {
    const definition = definitionOf('education-primary')
    const made = await Promise.all(Array.from({ length: 10 }, () => createDraft(server.database, definition, 'admin')))
    expect(made.filter((version) => version !== null)).toEqual([2])
    expect(await createDraft(server.database, definition, 'admin')).toBeNull()
    expect(await statusesOf('education-primary')).toEqual(['1 published', '2 draft'])
  })

  test('ten publications at once publish once, and retire the version before', async () => {
    const done = await Promise.all(
      Array.from({ length: 10 }, () =>
        publishDraft(server.database, {
          code: 'education-primary',
          version: 2,
          reason: 'Theo góp ý của phụ huynh.',
          actor: 'admin',
        }),
      ),
    )
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await statusesOf('education-primary')).toEqual(['1 retired', '2 published'])
    const rows = await server.database.sql`
      select version, reason, published_at is not null as published, retired_at is not null as retired,
        (definition->>'version')::int as inside
      from questionnaire_versions where code = 'education-primary' order by version`
    expect(rows).toMatchObject([
      { published: true, retired: true, inside: 1 },
      { published: true, retired: false, inside: 2, reason: 'Theo góp ý của phụ huynh.' },
    ])
  })

  test('what is published is neither replaced nor discarded nor published again', async () => {
    const definition = { ...definitionOf('education-primary'), version: 2 }
    expect(await replaceDraft(server.database, definition, 'admin')).toBe(false)
    expect(await discardDraft(server.database, 'education-primary', 2, 'admin')).toBe(false)
    expect(
      await publishDraft(server.database, {
        code: 'education-primary',
        version: 1,
        reason: 'Dùng lại bản cũ.',
        actor: 'admin',
      }),
    ).toBe(false)
  })

  test.each([
    `update questionnaire_versions set definition = definition || '{"source": "x"}' where code = 'outpatient'`,
    `update questionnaire_versions set version = 7 where code = 'outpatient'`,
    `update questionnaire_versions set code = 'x' where code = 'outpatient'`,
    `update questionnaire_versions set status = 'draft' where code = 'outpatient'`,
    `delete from questionnaire_versions where code = 'outpatient'`,
  ])('nobody changes what is published, not even by hand: %s', async (statement) => {
    await expect(server.database.sql.unsafe(statement)).rejects.toMatchObject({
      constraint_name: 'published_version_kept',
    })
  })

  test('another process follows a draft that was changed and published between two of its looks', async () => {
    const definition = definitionOf('vaccination')
    const version = (await createDraft(server.database, definition, 'admin')) as number
    let ahead = 0
    const other = await startTestServer({ connection: server.connection, now: () => Date.now() + ahead })
    await other.send(links.api.places)
    const factors = definition.factors.map((factor) => ({ ...factor, draw: 1 }))
    await replaceDraft(server.database, { ...definition, version, factors }, 'admin')
    await publishDraft(server.database, { code: 'vaccination', version, reason: 'Hỏi ngắn lại.', actor: 'admin' })
    ahead = 2000
    const reply = await other.send(links.api.questionnaire('TCHUNG', randomUUID()))
    expect(((await reply.json()) as { ask: unknown[] }).ask).toHaveLength(6)
    await other.stop()
  })

  test('a discarded draft leaves its number for the next one', async () => {
    const definition = definitionOf('education-preschool')
    expect(await createDraft(server.database, definition, 'admin')).toBe(2)
    expect(await discardDraft(server.database, 'education-preschool', 2, 'admin')).toBe(true)
    expect(await createDraft(server.database, definition, 'admin')).toBe(2)
  })
})

describe('over HTTP', () => {
  let server: TestServer
  let cookie: string
  beforeAll(async () => {
    server = await startTestServer()
    cookie = (await server.signIn()).cookie
  })
  afterAll(() => server.stop())

  const show = async (path: string) => (await server.send(path, { headers: { cookie } })).text()
  const post = (path: string, body: Record<string, string>) =>
    server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(body) })
  const save = (code: string, definition: string) =>
    post(links.draftQuestionnaire(code), { action: 'save', definition })
  const typedIn = (page: string) =>
    plainText(/<textarea id="definition"[^>]*>([\s\S]*?)<\/textarea>/.exec(page)?.[1] ?? '')
  const askedTexts = async (place: string) => {
    const reply = await server.send(links.api.questionnaire(place, randomUUID()))
    return (await reply.json()) as { version: number; ask: { criterion: string; text: string }[] }
  }

  test('a draft begins as the published version, is seen by no citizen, and is published with a reason', async () => {
    const code = 'education-lower-secondary'
    const text = typedIn(await show(links.draftQuestionnaire(code)))
    const better = text.replaceAll('Cách dạy của thầy cô', 'Cách giảng bài của thầy cô')
    const saved = await save(code, better)
    expect([saved.status, saved.headers.get('location')]).toEqual([303, links.questionnaire(code, 2)])
    expect((await askedTexts('TRTHCS')).version).toBe(1)

    const draft = await show(links.questionnaire(code, 2))
    expect(draft).toContain('8 tiêu chí và 2 câu hỏi thêm')
    expect(draft).toContain(links.questionnaireDiff(code, 2, 1))
    const refused = await post(links.publishQuestionnaire(code, 2), { reason: ' ' })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('Xin ghi lý do ban hành')])
    expect((await askedTexts('TRTHCS')).version).toBe(1)

    const reason = 'Lời hỏi dễ hiểu hơn cho phụ huynh.'
    expect((await post(links.publishQuestionnaire(code, 2), { reason })).status).toBe(303)
    const asked = await askedTexts('TRTHCS')
    expect(asked.version).toBe(2)
    expect(asked.ask.find(({ criterion }) => criterion === 'gd-4-1')?.text).toBe('Cách giảng bài của thầy cô')
    expect(await show(links.questionnaire(code, 1))).toContain('Đã ngừng dùng')
    expect(await show(links.questionnaire(code, 2))).toContain(reason)
  })

  test('the whole household form fits through the typing field', async () => {
    const text = typedIn(await show(links.draftQuestionnaire('household')))
    const reply = await save('household', text.replaceAll('\n', '\r\n'))
    expect(reply.headers.get('location')).toBe(links.questionnaire('household', 2))
    const diff = await show(links.questionnaireDiff('household', 2, 1))
    expect(diff).toContain('Hai phiên bản giống hệt nhau')
  })

  test('a wrong draft is refused with sentences, keeps what was typed and changes nothing', async () => {
    const text = writeDraft(
      changed((definition) => {
        ;(firstCriteria(definition)[0] as Criterion).text.km = ''
      }),
    )
    const reply = await save('administrative', text)
    expect(reply.status).toBe(422)
    const page = await reply.text()
    expect(page).toContain('Nhóm 1 (tiep-can), tiêu chí 1 (sipas-15), lời tiếng Khmer')
    expect(typedIn(page)).toBe(text)
    expect((await server.send(links.questionnaire('administrative', 2), { headers: { cookie } })).status).toBe(404)
  })

  test('a draft whose page would not come in one round trip is not published', async () => {
    const long = (index: number) => `${index} ${Array.from({ length: 26 }, () => randomUUID().slice(0, 4)).join(' ')}`
    const heavy = changed((definition) => {
      definition.code = 'vaccination'
      definition.extra = Array.from({ length: 60 }, (_, index) => ({
        ...{ code: `x-${index}`, kind: 'percent' as const },
        text: { vi: long(index), en: long(index), km: long(index) },
      }))
    })
    expect((await save('vaccination', writeDraft(heavy))).status).toBe(303)
    const reply = await post(links.publishQuestionnaire('vaccination', 2), { reason: 'Thử một bộ câu hỏi rất dài.' })
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining('nặng quá mức')])
    expect((await askedTexts('TCHUNG')).version).toBe(1)
    expect((await post(links.draftQuestionnaire('vaccination'), { action: 'discard' })).status).toBe(303)
    expect((await server.send(links.questionnaire('vaccination', 2), { headers: { cookie } })).status).toBe(404)
  })

  test('a kept code under another official number is pointed out before publishing', async () => {
    const definition = changed((one) => {
      ;(firstCriteria(one)[0] as Criterion).official = '99'
    })
    await save('administrative', writeDraft(definition))
    expect(await show(links.questionnaire('administrative', 2))).toContain('sipas-15: số 15 thành số 99')
  })

  test('a translation is marked in words, not only by colour', async () => {
    const page = await show(links.questionnaireDiff('education-lower-secondary', 2, 1))
    expect(page).toMatch(/<del><span class="unseen" lang="vi">\[bỏ: <\/span>dạy<span class="unseen">\]<\/span><\/del>/)
    expect(page).toMatch(/<ins><span class="unseen" lang="vi">\[thêm: <\/span>giảng bài/)
  })

  test('answers to both versions are counted, and a criterion keeps its code', async () => {
    const old = await fullBody(server, 'TRTHCS', 5)
    expect((await server.answer({ ...old, version: 2 })).status).toBe(201)
    expect(await server.countDiffering()).toBe(0)
  })

  test('nothing of it opens or changes without a session, nor from another site', async () => {
    const paths = [
      links.draftQuestionnaire('administrative'),
      links.publishQuestionnaire('administrative', 2),
      links.questionnaireDiff('household', 2, 1),
    ]
    for (const path of paths) {
      expect((await server.send(path, { headers: { accept: 'application/json' } })).status).toBeGreaterThanOrEqual(401)
    }
    const headers = { cookie, 'sec-fetch-site': 'cross-site' }
    for (const path of paths.slice(0, 2)) {
      const body = new URLSearchParams({ action: 'discard', reason: 'Một lý do đủ dài.' })
      expect((await server.send(path, { method: 'POST', body, headers })).status).toBe(403)
    }
  })

  test.each([
    '/bo-cau-hoi/khong-co/1',
    '/bo-cau-hoi/khong-co/ban-thao',
    '/bo-cau-hoi/household/9',
    '/bo-cau-hoi/household/2/so-voi/9',
  ])('%s is not there', async (path) => {
    expect((await server.send(path, { headers: { cookie } })).status).toBe(404)
  })
})

function plainText(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
