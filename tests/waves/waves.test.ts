import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WaveSnapshot } from '../../server/catalogue/wave-snapshot-contract.ts'
import { scoreFromList, stratifiedScore } from '../../server/score/estimators.ts'
import { scoreOf } from '../../server/score/rules.ts'
import { isInCheckSample, nextFormNumber, parseStrata, targetOfWave } from '../../server/waves/rules.ts'
import { links } from '../../web/links.ts'
import { fullBody, readComments, startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let cookie: string
const firstDay = Date.UTC(2026, 10, 23, 3)
const dayMs = 86_400_000
let clock = firstDay
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  ;({ cookie } = await server.signIn())
  // The application gave this right up; between two tests the history goes with its responses.
  await server.database.sql`grant truncate on standing_changes to current_user`
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.database.sql`truncate waves, wave_strata, entries, comments, responses, cells cascade`
  clock = firstDay
})

const get = async (path: string) => (await server.send(path, { headers: { cookie } })).text()
const post = (path: string, body: Record<string, string> | [string, string][]) =>
  server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(body) })

const strata = 'Ấp Vĩnh Phước; 600\nẤp Kinh 1; 300\nẤp Tân Hòa; 100'

type Plan = Record<string, string> & { channels?: string }

const plan = (changes: Plan = {}, channels = ['paper', 'interview']) => {
  const fields = {
    name: 'Hộ gia đình 2026',
    owner: 'phong-van-hoa-xa-hoi',
    questionnaire: 'household',
    strata,
    opensOn: '2026-11-23',
    closesOn: '2026-11-30',
    formula: 'pooled',
    drawnFromList: 'no',
    ...changes,
  }
  return post(links.newWave, [...Object.entries(fields), ...channels.map((one): [string, string] => ['channels', one])])
}

async function startWave(changes: Plan = {}, channels?: string[]): Promise<number> {
  const reply = await plan(changes, channels)
  expect(reply.status).toBe(303)
  return Number(reply.headers.get('location')?.split('/').at(-1))
}

const readStrata = (wave: number) =>
  server.database.sql<
    { id: number; name: string; planned: number }[]
  >`select id, name, planned from wave_strata where wave_id = ${wave} order by position`

type Form = Record<string, string>

/** A whole household form with one level everywhere. */
const household = (level: number, changes: Form = {}): Form => ({
  id: randomUUID(),
  formNumber: '1',
  channel: 'paper',
  place: 'HOGIADINH',
  stratum: '',
  ...Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`a-sipas-${index + 1}`, String(level)])),
  ...changes,
})

const enter = (wave: number, form: Form) => post(links.enterForms(wave), form)

const storedResponses = () => server.database.sql`select * from responses order by received_at, id`

const snapshotOf = async (wave: number): Promise<WaveSnapshot> => {
  const [row] = await server.database.sql`select snapshot from waves where id = ${wave}`
  return row?.snapshot as WaveSnapshot
}

const close = (wave: number, form: Form = { confirmed: 'yes' }) => post(links.closeWave(wave), form)

describe('planning a wave', () => {
  test('fixes the published version and shares the needed sample out over the strata', async () => {
    const wave = await startWave()
    expect((await readStrata(wave)).map(({ planned }) => planned)).toEqual([171, 86, 30])
    const [row] = await server.database.sql`
      select code, version, owner_agency_id from waves join questionnaire_versions v on v.id = version_id`
    expect(row).toMatchObject({ code: 'household', version: 1 })
    const page = await get(links.wave(wave))
    expect(page).toContain('Ấp Vĩnh Phước')
    expect(page).toContain('287 phiếu trên 1.000')
  })

  test('keeps sizes typed by hand', async () => {
    const wave = await startWave({ strata: 'Ấp A; 1.200; 50\nẤp B\t300' })
    expect((await readStrata(wave)).map(({ planned }) => planned)).toEqual([50, 63])
  })

  test('makes the place of household forms, which nobody can open', async () => {
    await startWave()
    const [place] = await server.database.sql`
      select places.open, agencies.code from places join agencies on agencies.id = agency_id where places.code = 'HOGIADINH'`
    expect(place).toEqual({ open: false, code: 'phong-van-hoa-xa-hoi' })
    expect((await server.send(links.survey('HOGIADINH'))).status).toBe(410)
  })

  test.each([
    ['a first day in the past', { opensOn: '2026-11-22' }, ['paper'], 'Ngày bắt đầu đã qua'],
    ['days in the wrong order', { opensOn: '2026-12-02', closesOn: '2026-12-01' }, ['paper'], 'Ngày cuối phải từ'],
    ['no channel', {}, [], 'ít nhất một cách trả lời'],
    ['no name', { name: '  ' }, ['paper'], 'Xin đặt tên'],
    ['strata for one place only', { formula: 'stratified', strata: 'Ấp A; 50' }, ['paper'], 'ít nhất hai địa bàn'],
    ['a stratum without people', { strata: 'Ấp A; nhiều' }, ['paper'], 'Dòng 1'],
    ['more planned than people', { strata: 'Ấp A; 50; 60' }, ['paper'], 'nhiều hơn số dân'],
    ['a stratum twice', { strata: 'Ấp A; 50\nấp a; 20' }, ['paper'], 'có hai lần'],
    ['a list without its size', { drawnFromList: 'yes', strata: '' }, ['paper'], 'có bao nhiêu người'],
    [
      'a list answered by anybody',
      { drawnFromList: 'yes', questionnaire: 'outpatient' },
      ['paper', 'qr'],
      'ai đi qua cũng trả lời được',
    ],
    ['household forms by code', {}, ['qr'], 'không qua mã quét'],
    ['an unknown questionnaire', { questionnaire: 'khong-co' }, ['paper'], 'Xin chọn bộ câu hỏi'],
  ] as [string, Plan, string[], string][])('refuses %s with a sentence and stores nothing', async (...given) => {
    const [, changes, channels, sentence] = given
    const reply = await plan(changes, channels)
    expect(reply.status).toBe(422)
    expect(await reply.text()).toContain(sentence)
    expect(await server.database.sql`select 1 from waves`).toHaveLength(0)
  })

  test('refuses a wave that shares days with another of the same questionnaire, also when both are planned at once', async () => {
    const replies = await Promise.all([plan(), plan({ name: 'Trùng', opensOn: '2026-11-30', closesOn: '2026-12-10' })])
    expect(replies.map(({ status }) => status).sort()).toEqual([303, 422])
    expect((await plan({ opensOn: '2026-12-11', closesOn: '2026-12-20' })).status).toBe(303)
    expect((await plan({ questionnaire: 'outpatient' })).status).toBe(303)
    const late = await plan({ opensOn: '2026-12-20', closesOn: '2026-12-31' })
    expect(await late.text()).toContain('dùng cùng bộ câu hỏi')
  })

  test('lets name and strata change until the first day, nothing afterwards', async () => {
    const wave = await startWave({ opensOn: '2026-11-25' })
    expect((await post(links.wave(wave), { name: 'Tên mới', strata: 'Ấp A; 400\nẤp B; 400; 70' })).status).toBe(303)
    expect((await readStrata(wave)).map(({ name, planned }) => [name, planned])).toEqual([
      ['Ấp A', 134],
      ['Ấp B', 70],
    ])
    clock += 2 * dayMs
    const late = await post(links.wave(wave), { name: 'Tên muộn', strata: 'Ấp C; 10' })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('Đợt đã bắt đầu')
    expect((await readStrata(wave)).map(({ name }) => name)).toEqual(['Ấp A', 'Ấp B'])
    expect(await get(links.wave(wave))).toContain('Tên mới')
  })

  test('takes a wave that has not begun away, and no other', async () => {
    const planned = await startWave({ opensOn: '2026-11-25' })
    expect((await close(planned, {})).headers.get('location')).toBe(`${links.waves}?huy=1`)
    expect(await server.database.sql`select 1 from waves`).toHaveLength(0)
    const running = await startWave()
    expect((await close(running, {})).status).toBe(422)
    expect(await server.database.sql`select 1 from waves where closed_at is null`).toHaveLength(1)
  })

  test('an address of no wave is not found', async () => {
    for (const id of ['0', '99999', 'x', '12']) {
      expect((await server.send(`${links.waves}/${id}`, { headers: { cookie } })).status).toBe(404)
    }
  })
})

describe('typing a form', () => {
  test('stores one counted response in its wave and stratum, every criterion asked, and says so', async () => {
    const wave = await startWave()
    const [, second] = await readStrata(wave)
    const form = household(5, { stratum: String(second?.id), 'a-sipas-7': '-', 'a-sipas-8': '', comment: 'Rất tốt' })
    const reply = await enter(wave, { ...form, formNumber: '027' })
    expect(reply.status).toBe(303)
    expect(await get(reply.headers.get('location') as string)).toMatch(/Đã ghi phiếu 27[\s\S]*value="28"/)
    const rows = await storedResponses()
    expect(rows).toMatchObject([
      {
        id: form.id,
        channel: 'paper',
        wave_id: wave,
        stratum_id: second?.id,
        standing: 'counted',
        seconds: null,
        answers: '555555--5555555555555555555555555',
      },
    ])
    expect(await server.database.sql`select form_number, entered_by from entries`).toMatchObject([
      { form_number: '27', entered_by: 'admin' },
    ])
    expect(await readComments(server.database)).toMatchObject([{ body: 'Rất tốt' }])
    expect(await server.countDiffering()).toBe(0)
  })

  test('asks every criterion of a rotating questionnaire, at the place chosen', async () => {
    const wave = await startWave({ questionnaire: 'outpatient', strata: '' }, ['interview', 'qr'])
    const shown = await get(links.enterForms(wave))
    expect(shown.indexOf('name="comment"')).toBeLessThan(shown.indexOf('Ghi phiếu</button>'))
    const codes = [...shown.matchAll(/name="(a-[\w-]+)"/g)].map(([, name]) => name)
    expect(codes).toHaveLength(31)
    const answers = Object.fromEntries(codes.map((code, index) => [code as string, index === 0 ? '0' : '4']))
    const form = { id: randomUUID(), formNumber: 'VP-1', channel: 'interview', place: 'KHAMBENH', ...answers }
    expect((await enter(wave, form)).status).toBe(303)
    expect(await storedResponses()).toMatchObject([{ channel: 'interview', answers: `0${'4'.repeat(30)}` }])
    expect(await get(`${links.enterForms(wave)}?da=VP-1`)).toContain('value="VP-2"')
  })

  test('stores a form sent twice once, and the first typing stands', async () => {
    const wave = await startWave()
    const form = household(5)
    const replies = await Promise.all(Array.from({ length: 12 }, () => enter(wave, form)))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([303]))
    const again = await enter(wave, { ...form, 'a-sipas-1': '1' })
    expect(await get(again.headers.get('location') as string)).toContain('lần nhập đầu được giữ nguyên')
    expect(await storedResponses()).toMatchObject([{ answers: '5'.repeat(33) }])
  })

  test('refuses a number that another form has, however many are typed at once', async () => {
    const wave = await startWave()
    const forms = Array.from({ length: 12 }, () => household(4, { formNumber: '5' }))
    const replies = await Promise.all(forms.map((form) => enter(wave, form)))
    expect(replies.filter(({ status }) => status === 303)).toHaveLength(1)
    const refused = await enter(wave, household(4, { formNumber: '05' }))
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Số phiếu 5 đã có trong đợt này')
    expect(await storedResponses()).toHaveLength(1)
  })

  test('refuses a stored form under a second number', async () => {
    const wave = await startWave()
    const form = household(4)
    await enter(wave, form)
    const refused = await enter(wave, { ...form, formNumber: '2' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('đã ghi với số 1')
  })

  test.each([
    ['a level that does not exist', { 'a-sipas-23': '7' }, 'Tiêu chí 23'],
    ['a level of no opinion where there is none', { 'a-sipas-1': '0' }, 'Tiêu chí 1:'],
    ['no number', { formNumber: '' }, 'Số phiếu gồm'],
    ['an unknown stratum', { stratum: '31999' }, 'Xin chọn địa bàn'],
    ['a place of another questionnaire', { place: 'KHAMBENH' }, 'Xin chọn nơi'],
    ['a channel the wave does not take', { channel: 'interview' }, 'không thu phiếu theo cách đó'],
    ['a channel of citizens', { channel: 'qr' }, 'Xin chọn phiếu giấy hoặc phỏng vấn'],
    ['an unreadable id', { id: 'abc' }, 'Mã phiếu'],
  ] as [string, Form, string][])(
    'refuses %s, keeps what was typed and stores nothing',
    async (_, changes, sentence) => {
      const wave = await startWave({}, ['paper'])
      const reply = await enter(wave, household(2, changes))
      const page = await reply.text()
      expect([reply.status, page.includes(sentence)]).toEqual([422, true])
      expect(page).toMatch(/name="a-sipas-33"[^>]*value="2"/)
      expect(await storedResponses()).toHaveLength(0)
    },
  )

  test('refuses an empty form', async () => {
    const wave = await startWave()
    const reply = await enter(wave, { id: randomUUID(), formNumber: '1', channel: 'paper', place: 'HOGIADINH' })
    expect(await reply.text()).toContain('Phiếu bỏ trống mọi câu')
  })

  test('is neither held to the hourly budget of the public nor uses it up', async () => {
    await server.database.sql`update places set budget_per_hour = 2 where code = 'TCHUNG'`
    const wave = await startWave({ questionnaire: 'vaccination', strata: '' }, ['paper', 'web'])
    for (let number = 1; number <= 5; number += 1) {
      const form = { id: randomUUID(), channel: 'paper', place: 'TCHUNG', 'a-tc-a1': '5' }
      await enter(wave, { ...form, formNumber: String(number) })
    }
    for (let number = 1; number <= 3; number += 1) await server.answer(await fullBody(server, 'TCHUNG', 5))
    const counted = (await storedResponses()).filter(({ standing }) => standing === 'counted')
    expect(counted.map(({ channel }) => channel).sort()).toEqual([...Array(5).fill('paper'), 'web', 'web'])
  })

  test('is not held to what the place can serve the public in half an hour', async () => {
    await server.database.sql`update places set most_per_half_hour = 1 where code = 'TCHUNG'`
    const wave = await startWave({ questionnaire: 'vaccination', strata: '' }, ['paper', 'web'])
    for (let number = 1; number <= 2; number += 1) {
      await server.answer(await fullBody(server, 'TCHUNG', 5))
      const form = { id: randomUUID(), channel: 'paper', place: 'TCHUNG', 'a-tc-a1': '5' }
      await enter(wave, { ...form, formNumber: String(number) })
    }
    await server.database.sql`update places set most_per_half_hour = null where code = 'TCHUNG'`
    const rows = await server.database.sql`select channel::text, reason from responses order by channel, reason`
    expect(rows).toContainEqual({ channel: 'web', reason: 'over_capacity' })
    const onPaper = rows.filter(({ channel }) => channel === 'paper')
    expect(onPaper.map(({ reason }) => reason)).toEqual([null, null])
  })

  test('is closed before the wave begins and after it is closed', async () => {
    const wave = await startWave({ opensOn: '2026-11-24' })
    expect(await (await enter(wave, household(5))).text()).toContain('Đợt chưa bắt đầu')
    clock += dayMs
    await close(wave, { confirmed: 'yes', reason: 'Mưa bão' })
    expect(await (await enter(wave, household(5))).text()).toContain('Đợt đã kết thúc')
    expect(await storedResponses()).toHaveLength(0)
  })

  test('citizens cannot send a paper form', async () => {
    await startWave({ questionnaire: 'outpatient', strata: '' })
    const reply = await server.answer({ ...(await fullBody(server, 'KHAMBENH', 5)), channel: 'paper' })
    expect(reply.status).toBe(422)
  })
})

describe('typing a form a second time', () => {
  async function typeSampled(wave: number): Promise<string> {
    const [row] = await server.database.sql`select value from settings where key = 'key.rotation'`
    const numbers = Array.from({ length: 200 }, (_, index) => String(index + 1))
    const sampled = numbers.filter((number) => isInCheckSample(row?.value as string, wave, number))
    expect(sampled.length).toBeGreaterThan(5)
    const other = numbers.find((number) => !sampled.includes(number)) as string
    await enter(wave, household(5, { formNumber: sampled[0] as string }))
    await enter(wave, household(5, { formNumber: other }))
    return sampled[0] as string
  }

  test('offers the drawn form only, shows and counts what differs, and the first typing stands', async () => {
    const wave = await startWave()
    const formNumber = await typeSampled(wave)
    expect(await get(links.checkForms(wave))).toContain(`Lấy phiếu số ${formNumber}`)
    const { id: _, ...second } = household(5, { formNumber, 'a-sipas-3': '4', 'a-sipas-9': '-' })
    const reply = await post(links.checkForms(wave), second)
    const page = await get(reply.headers.get('location') as string)
    expect(page).toContain(`Phiếu ${formNumber}: khác 2 ô`)
    expect(page).toMatch(/lần đầu 5, lần hai 4[\s\S]*lần đầu 5, lần hai bỏ trống/)
    expect(page).toContain('Không có phiếu nào chờ nhập lần hai')
    expect(await get(links.wave(wave))).toContain('khác 2 trên 33 ô, 6,1\u00a0%')
    expect((await storedResponses()).map(({ answers }) => answers)).toEqual(Array(2).fill('5'.repeat(33)))
    expect((await post(links.checkForms(wave), second)).status).toBe(422)
  })

  test('refuses a form that was not drawn', async () => {
    const wave = await startWave()
    await typeSampled(wave)
    const [row] = await server.database.sql`select form_number from entries order by entered_at desc, form_number`
    const drawn = (await get(links.checkForms(wave))).match(/Lấy phiếu số (\w+)/)?.[1]
    const [other] = await server.database.sql`select form_number from entries where form_number <> ${drawn as string}`
    expect(row).toBeDefined()
    const reply = await post(links.checkForms(wave), household(5, { formNumber: other?.form_number }))
    expect(reply.status).toBe(422)
    expect(await server.database.sql`select 1 from entries where second_answers is not null`).toHaveLength(0)
  })
})

describe('a running wave', () => {
  test('counts codes and paper apart, with the stratum unknown where nobody asked it', async () => {
    const wave = await startWave({ questionnaire: 'outpatient' }, ['paper', 'qr', 'web'])
    await server.answer({ ...(await fullBody(server, 'KHAMBENH', 5)), channel: 'qr' })
    await server.answer({ ...(await fullBody(server, 'TCHUNG', 5)), channel: 'qr' })
    const [first] = await readStrata(wave)
    await enter(wave, {
      id: randomUUID(),
      formNumber: '1',
      channel: 'paper',
      place: 'KHAMBENH',
      stratum: String(first?.id),
      'a-kb-a1': '5',
    })
    expect((await storedResponses()).map(({ wave_id: id }) => id).sort()).toEqual([0, wave, wave])
    const page = await get(links.wave(wave))
    expect(page).toContain('Không rõ địa bàn')
    expect(page).toContain('Còn 7 ngày')
    expect(page).toMatch(/<b>2<\/b> <span>trên 287 phiếu dự kiến/)
  })

  test('shows no score of the running day, and a provisional one of the days before', async () => {
    const wave = await startWave()
    await enter(wave, household(5))
    expect(await get(links.wave(wave))).toContain('Chưa có điểm')
    clock += dayMs
    const page = await get(links.wave(wave))
    expect(page).not.toContain('Chưa có điểm')
    expect(page).toContain('tạm tính')
  })
})

describe('closing a wave', () => {
  test('before its last day is over takes a confirmation and a reason, which stands beside the result', async () => {
    const wave = await startWave()
    await enter(wave, household(5))
    expect(await (await close(wave, { reason: 'Đủ phiếu' })).text()).toContain('đánh dấu ô xác nhận')
    expect(await (await close(wave)).text()).toContain('xin ghi lý do')
    expect((await close(wave, { confirmed: 'yes', reason: 'Đủ phiếu.' })).status).toBe(303)
    expect(await get(links.wave(wave))).toMatch(/Kết thúc sớm[\s\S]*Lý do: Đủ phiếu\./)
  })

  test('freezes the result against later answers, edits of standing and a rebuild', async () => {
    const wave = await startWave({ questionnaire: 'outpatient' }, ['paper', 'qr'])
    // Only a page of ours is the code on the wall; a program that says so came by the web.
    const scan = async (level: number) => {
      const id = await server.mint('KHAMBENH', clock - 30_000)
      return server.answer({ ...(await fullBody(server, 'KHAMBENH', level, id)), channel: 'qr' })
    }
    for (const level of [5, 2]) await scan(level)
    await server.answer({ ...(await fullBody(server, 'KHAMBENH', 1)), channel: 'qr' })
    clock += 8 * dayMs
    expect((await close(wave)).status).toBe(303)
    const [frozen, page] = [await snapshotOf(wave), await get(links.wave(wave))]
    expect(frozen).toMatchObject({ closedOn: '2026-12-01', earlyReason: null, setAside: 0, target: 90 })
    expect(frozen.sums.all[0]).toBe(2)
    expect(page).toContain('50,0')
    await scan(1)
    await server.database
      .sql`update responses set standing = 'set_aside', reason = 'same_device' where wave_id = ${wave}`
    expect(await server.countDiffering()).toBeGreaterThan(0)
    expect(await snapshotOf(wave)).toEqual(frozen)
    expect(await get(links.wave(wave))).toBe(page)
    expect((await storedResponses()).map(({ wave_id: id }) => id).sort()).toEqual([0, 0, wave, wave])
  })

  test('twice freezes once', async () => {
    const wave = await startWave()
    await enter(wave, household(5))
    clock += 8 * dayMs
    const replies = await Promise.all([close(wave), close(wave), close(wave)])
    expect(replies.map(({ status }) => status)).toEqual([303, 303, 303])
    expect((await snapshotOf(wave)).sums.all[0]).toBe(1)
  })

  test('counts every form typed at the same moment whole or not at all', async () => {
    const wave = await startWave()
    clock += 8 * dayMs
    const forms = Array.from({ length: 8 }, (_, index) => household(5, { formNumber: String(index + 1) }))
    const [closed, ...entered] = await Promise.all([close(wave), ...forms.map((form) => enter(wave, form))])
    expect(closed?.status).toBe(303)
    const accepted = entered.filter(({ status }) => status === 303).length
    expect((await snapshotOf(wave)).sums.all[0]).toBe(accepted)
    expect(await storedResponses()).toHaveLength(accepted)
  })

  test('by strata weighs each by its people, names the silent ones and keeps the pooled score beside', async () => {
    const wave = await startWave({ formula: 'stratified', drawnFromList: 'yes' })
    const [large, small] = await readStrata(wave)
    for (let number = 1; number <= 12; number += 1) {
      const [stratum, level] = number <= 4 ? [large, number === 1 ? 2 : 5] : [small, number % 3 ? 5 : 3]
      await enter(wave, household(level, { formNumber: String(number), stratum: String(stratum?.id) }))
    }
    clock += 8 * dayMs
    await close(wave)
    const snapshot = await snapshotOf(wave)
    const uncorrected = stratifiedScore(snapshot.strata)
    expect(uncorrected.score).toBeCloseTo((600 * 75 + 300 * 62.5) / 900, 9)
    const page = await get(links.wave(wave))
    expect(page).toContain('70,8')
    expect(page).toContain('1 địa bàn không có phiếu nào')
    expect(page).toContain('Ấp Tân Hòa')
    expect(page).toContain('dưới 5 phiếu, không hiện điểm')
    expect(page).toContain('90,0\u00a0% số dân')
    expect(page).toContain('Tính cách kia (gộp tất cả các phiếu)')
  })

  test('narrows the interval only where people were drawn from a list', async () => {
    const widths: number[] = []
    for (const [opensOn, drawnFromList] of [
      ['2026-11-23', 'no'],
      ['2026-12-05', 'yes'],
    ] as const) {
      clock = Date.parse(`${opensOn}T03:00:00Z`)
      const wave = await startWave({ opensOn, closesOn: opensOn, drawnFromList, strata: 'Ấp A; 20' })
      for (let number = 1; number <= 10; number += 1)
        await enter(wave, household(number === 1 ? 2 : 5, { formNumber: String(number) }))
      clock += dayMs
      await close(wave)
      const { sums } = await snapshotOf(wave)
      const score = drawnFromList === 'yes' ? scoreFromList(sums.all, 20) : scoreOf(sums.all)
      if (typeof score === 'string' || score.lower === null || score.upper === null) throw new Error('no score')
      widths.push(score.upper - score.lower)
      const printed = `${score.lower.toFixed(1).replace('.', ',')}\u00a0–\u00a0${score.upper.toFixed(1).replace('.', ',')}`
      expect(await get(links.wave(wave))).toContain(printed)
    }
    expect(widths[1]).toBeLessThan(widths[0] as number)
  })
})

describe('pages of waves', () => {
  test('are closed without signing in, also to changes and to forms of other sites', async () => {
    const wave = await startWave()
    const paths = [links.waves, links.newWave, links.wave(wave), links.enterForms(wave), links.checkForms(wave)]
    for (const path of [...paths, links.paperForm(wave)]) expect((await server.send(path)).status, path).toBe(303)
    for (const path of [...paths.slice(1), links.closeWave(wave)]) {
      const headers = { accept: 'application/json' }
      expect((await server.send(path, { method: 'POST', headers, body: new URLSearchParams() })).status, path).toBe(401)
      const foreign = { cookie, 'sec-fetch-site': 'cross-site' }
      const reply = await server.send(path, { method: 'POST', headers: foreign, body: new URLSearchParams() })
      expect(reply.status, path).toBe(403)
    }
  })

  test('list waves by where they stand, and begin with what a wave is', async () => {
    expect(await get(links.waves)).toContain('Chưa có đợt khảo sát nào')
    await startWave()
    await startWave({
      name: 'Khám bệnh cuối năm',
      questionnaire: 'outpatient',
      opensOn: '2026-12-01',
      closesOn: '2026-12-09',
    })
    const page = await get(links.waves)
    expect(page).toMatch(
      /Đang chạy[\s\S]*Hộ gia đình 2026[\s\S]*0 trên 287 phiếu[\s\S]*Sắp mở[\s\S]*Khám bệnh cuối năm/,
    )
  })

  test('ask whether somebody helped, on paper and on the entry screen, and keep what was ticked', async () => {
    const wave = await startWave()
    expect(await get(links.paperForm(wave))).toMatch(
      /Ông\/Bà tự trả lời hay có người giúp\?.*1<\/span> Tôi tự trả lời.*2<\/span> Có người giúp/s,
    )
    expect(await get(`${links.paperForm(wave)}?lang=km`)).toContain('ខ្ញុំឆ្លើយដោយខ្លួនឯង')
    expect(await get(links.enterForms(wave))).toContain('<select id="assisted" name="assisted"')
    for (const [formNumber, assisted] of [
      ['1', 'yes'],
      ['2', 'no'],
      ['3', ''],
    ] as const)
      expect((await enter(wave, household(4, { formNumber, assisted }))).status).toBe(303)
    expect((await storedResponses()).map((row) => row.assisted).sort()).toEqual([false, null, true])
    expect((await enter(wave, household(4, { formNumber: '4', assisted: 'maybe' }))).status).toBe(422)
  })

  test('print the numbers of the entry screen, in Vietnamese or Khmer', async () => {
    const wave = await startWave()
    const numbersIn = (page: string, pattern: RegExp) => [...page.matchAll(pattern)].map(([, number]) => number)
    const paper = numbersIn(await get(links.paperForm(wave)), /class="paper-number">([^<]+)</g)
    expect(paper).toEqual(numbersIn(await get(links.enterForms(wave)), /<b>(\d+)<\/b><span>/g))
    expect(paper).toHaveLength(33)
    const khmer = await get(`${links.paperForm(wave)}?lang=km`)
    expect(khmer).toContain('<html lang="km">')
    expect(khmer).toContain('សន្លឹកសុំមតិ')
  })
})

describe('rules of waves', () => {
  test.each([
    [[], undefined, '1'],
    [['1', '2', '3'], '2', '4'],
    [['7'], undefined, '8'],
    [['VP-09'], 'VP-09', 'VP-10'],
    [['A'], 'A', '1'],
  ] as [string[], string | undefined, string][])('after %j with last %s comes %s', (used, last, next) => {
    expect(nextFormNumber(used, last)).toBe(next)
  })

  test('a stratum may be pasted from a spreadsheet', () => {
    expect(parseStrata('Ấp A\t1.234\t12\r\n\r\nẤp B ; 7')).toEqual({
      strata: [
        { name: 'Ấp A', population: 1234, planned: 12 },
        { name: 'Ấp B', population: 7, planned: null },
      ],
      problems: [],
    })
  })

  test('the sample for a second typing is about one in ten and depends on key and wave', () => {
    const sample = (key: string, wave: number) =>
      Array.from({ length: 5000 }, (_, number) => String(number)).filter((number) => isInCheckSample(key, wave, number))
    expect(sample('a', 1).length).toBeGreaterThan(400)
    expect(sample('a', 1).length).toBeLessThan(600)
    expect(sample('a', 1)).not.toEqual(sample('a', 2))
    expect(sample('a', 1)).not.toEqual(sample('b', 1))
  })

  test('the target is that of the indicator about the whole questionnaire, else about the whole sector', () => {
    const indicators = [
      { target: 80, definition: { questionnaire: 'administrative', fields: ['dat-dai'], formula: 'pooled' as const } },
      { target: 95, definition: { questionnaire: 'administrative', formula: 'pooled' as const } },
      { target: 90, definition: { sector: 'health' as const, formula: 'pooled' as const } },
    ]
    expect(targetOfWave({ code: 'administrative', sector: 'administrative' }, indicators)).toBe(95)
    expect(targetOfWave({ code: 'outpatient', sector: 'health' }, indicators)).toBe(90)
  })
})
