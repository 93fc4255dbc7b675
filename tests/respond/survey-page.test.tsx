import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Language, languages } from '../../server/catalogue/contract.ts'
import { loadAssets } from '../../server/http/assets.ts'
import { compress } from '../../server/http/compress.ts'
import { commentLimit, type SurveyForm } from '../../server/respond/contract.ts'
import { en } from '../../web/messages/en.ts'
import { km } from '../../web/messages/km.ts'
import { vi } from '../../web/messages/vi.ts'
import { renderSurveyPage } from '../../web/respond/survey-page.tsx'
import { renderThanksPage } from '../../web/respond/thanks-page.tsx'
import { type MessageKind, renderMessagePage } from '../../web/ui/pages/message-page.tsx'
import { findTooNew, knownUnknowns } from '../fixtures/pages/chrome80.ts'
import { makeForm, makeLongestForm } from '../fixtures/pages/survey-form.ts'

const built = loadAssets()
const style = built.text('survey.css')
const surveyAssets = { style, script: built.text('survey.js') }
const otherAssets = { style, script: built.text('outbox.js') }
const plain = { style: '', script: '' }

const pageBudgetBytes = 14_600
/** Status line and headers as the server sends them, the policy with its two hashes included. */
const headerBytes = 1_000
const weigh = (text: string) => gzipSync(text).length
const render = (changes: Partial<SurveyForm>) => renderSurveyPage(makeForm(changes), plain)

test.each(languages)('the longest page fits into the first round trip (%s)', async (language) => {
  const page = renderSurveyPage(makeLongestForm({ language, turn: 'second' }), surveyAssets)
  // As the server sends it where no Brotli is taken.
  expect((await compress(page, 'gzip')).length + headerBytes).toBeLessThanOrEqual(pageBudgetBytes)
})

test('the longest form is as long as promised', () => {
  const { criteria, extra, fields, place } = makeLongestForm({})
  expect([criteria.length, extra.length, fields.length]).toEqual([8, 3, 15])
  for (const { text, noOpinion } of criteria) {
    expect(noOpinion).toBe(true)
    for (const language of languages) expect(text[language].length).toBeGreaterThanOrEqual(100)
  }
  expect(place.name.vi.length).toBeGreaterThanOrEqual(115)
  expect(place.agency.vi.length).toBeGreaterThanOrEqual(85)
})

test('the scripts stay small', () => {
  expect(weigh(surveyAssets.script)).toBeLessThanOrEqual(6 * 1024)
  expect(weigh(otherAssets.script)).toBeLessThanOrEqual(2 * 1024)
})

test('without script the page is one form with everything in it', () => {
  const page = render({})
  expect(page.match(/<form/g)).toHaveLength(1)
  expect(attributesOf(page, 'form')[0]).toMatchObject({ method: 'post', action: '/s/Q2' })
  const hidden = attributesOf(page, 'input').filter(({ type }) => type === 'hidden')
  expect(Object.fromEntries(hidden.map(({ name, value }) => [name, value]))).toEqual({
    id: '0192f3a0-0000-7000-8000-000000000001',
    version: '1',
    language: 'vi',
    channel: 'qr',
    step: undefined,
  })
  expect(valuesOf(page, 'a-c1')).toEqual(['1', '2', '3', '4', '5'])
  expect(valuesOf(page, 'x-overall')).toEqual(['1', '2', '3', '4', '5'])
  expect(valuesOf(page, 'serviceMode')).toEqual(['direct', 'online'])
  expect(valuesOf(page, 'respondent')).toEqual(['citizen', 'enterprise'])
  expect(attributesOf(page, 'select')[0]?.name).toBe('field')
  expect(attributesOf(page, 'textarea')[0]).toMatchObject({ name: 'comment', maxlength: String(commentLimit) })
  expect(page).not.toMatch(/\srequired/)
})

test('a criterion offers "no opinion" only where its questionnaire has it', () => {
  const form = makeLongestForm({})
  const page = renderSurveyPage(form, plain)
  expect(valuesOf(page, `a-${form.criteria[0]?.code}`)).toEqual(['1', '2', '3', '4', '5', '0'])
})

test('each kind of extra question has its own input', () => {
  const text = { vi: 'Câu hỏi', en: 'Question', km: 'សំណួរ' }
  const choices = [
    { code: 'co', text },
    { code: 'khong', text },
  ]
  const page = render({
    extra: [
      { code: 'k', kind: 'percent', text },
      { code: 'l', kind: 'choice', text, choices },
    ],
  })
  expect(valuesOf(page, 'x-k')).toEqual(['20', '40', '60', '80', '100', '120'])
  expect(valuesOf(page, 'x-l')).toEqual(['co', 'khong'])
})

test('few fields are chips, many a list', () => {
  const { fields } = makeForm({})
  const page = render({ fields: fields.slice(0, 8) })
  expect(valuesOf(page, 'field')).toEqual(fields.slice(0, 8).map(({ code }) => code))
  expect(page).not.toContain('<select')
  expect(render({ fields: fields.slice(0, 9) })).toContain('<select')
})

test('a place that has no field to choose, no mode and no respondent asks for none', () => {
  const page = render({ fields: [], asksServiceMode: false, asksRespondent: false })
  expect(page).not.toMatch(/name="(field|serviceMode|respondent)"/)
})

test('the trap for programs is out of people’s way, without display:none', () => {
  const page = render({})
  const trap = attributesOf(page, 'input').find(({ name }) => name === 'website')
  expect(trap).toMatchObject({ type: 'text', tabindex: '-1', autocomplete: 'off' })
  expect(page).toMatch(/<p class="trap" aria-hidden="true">/)
  expect(style).toMatch(/\.trap\{[^}]*left:-9999px/)
  expect(style).not.toMatch(/\.trap\{[^}]*display:none/)
})

test('every id is unique, and every label and description leads to one', () => {
  const page = renderSurveyPage(makeLongestForm({ problems: [{ path: 'comment', message: 'Dài quá.' }] }), plain)
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const uses = [...page.matchAll(/\s(?:for|aria-describedby)="([^"]+)"/g)].flatMap(([, list]) => list?.split(' '))
  expect(uses.length).toBeGreaterThan(3)
  for (const id of uses) expect(ids).toContain(id)
})

test.each(allPages())('%s takes nothing from anywhere else and needs no exception in the policy', (_, page) => {
  const svg = /xmlns='http:\/\/www\.w3\.org\/2000\/svg'/
  expect(page.replace(svg, '')).not.toMatch(/https?:\/\/|\/\/[a-z]+\.[a-z]/i)
  for (const [, address] of page.matchAll(/\s(?:href|action|src)="([^"]*)"/g))
    expect(address).toMatch(/^(\/(?!\/)|#|data:|\?lang=)/)
  expect(page).not.toMatch(/\sstyle=/)
  expect(page).not.toMatch(/\son[a-z]+=/)
})

test.each(allPages())('%s says nothing undefined', (_, page) => {
  expect(page).not.toMatch(/undefined|\[object|NaN/)
})

test('nothing that people or administrators wrote becomes markup', () => {
  const evil = `"'><script>alert(1)</script></textarea><img src=x onerror=alert(1)>`
  const text = { vi: evil, en: evil, km: evil }
  const place = { code: 'Q2', name: text, agency: text }
  const extra = [{ code: 'l', kind: 'choice' as const, text, choices: [{ code: 'co', text }] }]
  const criteria = makeForm({}).criteria.map((criterion) => ({ ...criterion, text }))
  const values = { comment: evil, field: evil, 'a-c1': evil }
  const problems = [
    { path: evil, message: evil },
    { path: 'comment', message: evil },
  ]
  const fields = [{ code: 'a', name: text }]
  const pages = [
    render({ place, criteria, extra, values, problems, fields }),
    renderThanksPage({ place, language: 'vi', receipt: evil, replay: false, demo: true }, plain),
    renderMessagePage({ kind: 'refused', language: 'vi', sentence: evil, requestId: evil }, plain),
  ]
  for (const page of pages) {
    expect(page).toContain('&lt;script>alert(1)')
    expect(page).not.toMatch(/<script>alert|<img|<\/textarea>&lt;script|"'>/)
  }
})

test('a refused form keeps what was typed, and its summary leads to each problem', () => {
  const page = render({
    values: { 'a-c2': '3', 'x-overall': '5', field: 'linh-vuc-4', serviceMode: 'online', comment: 'Chờ lâu.' },
    problems: [
      { path: 'comment', message: 'Ý kiến dài quá.' },
      { path: 'a-c3', message: 'Mức không đúng.' },
      { path: 'answers', message: 'Xin trả lời ít nhất một câu.' },
      { path: 'version', message: 'Bộ câu hỏi đã thay đổi.' },
    ],
  })
  const summary = page.slice(page.indexOf('id="problems"'), page.indexOf('<form'))
  expect(summary).toMatch(/role="alert" tabindex="-1"(?! hidden)/)
  const links = [...summary.matchAll(/<a href="([^"]+)">([^<]+)/g)].map(([, address, text]) => [address, text])
  expect(links).toEqual([
    ['#comment', 'Ý kiến dài quá.'],
    ['#a-c3', 'Mức không đúng.'],
    ['#a-c1', 'Xin trả lời ít nhất một câu.'],
    ['/s/Q2?c=qr&amp;lang=vi', 'Bộ câu hỏi đã thay đổi.'],
  ])
  expect(page).toMatch(/<p class="error" id="error-a-c3">Mức không đúng\./)
  const chosen = attributesOf(page, 'input').filter((input) => 'checked' in input)
  expect(chosen.map(({ name, value }) => `${name}=${value}`)).toEqual(['a-c2=3', 'x-overall=5', 'serviceMode=online'])
  expect(page).toMatch(/<option value="linh-vuc-4" selected>|<option selected value="linh-vuc-4">/)
  expect(page).toMatch(/<textarea[^>]*>Chờ lâu\.<\/textarea>/)
})

test('without problems the summary is there for the script, but hidden', () => {
  expect(render({})).toMatch(/id="problems" role="alert" tabindex="-1" hidden/)
})

test.each([
  ['en', en],
  ['km', km],
] as const)('%s has every word, none empty, with the same blanks to fill', (_, words) => {
  const vietnamese = flatten(vi)
  const others = flatten(words)
  expect([...others.keys()]).toEqual([...vietnamese.keys()])
  for (const [key, text] of others) {
    expect(text.trim(), key).not.toBe('')
    expect(text.split('{}').length, key).toBe((vietnamese.get(key) as string).split('{}').length)
  }
})

test('only the page’s own language travels', () => {
  expect(render({ language: 'km' })).not.toContain(vi.survey.send)
  expect(render({ language: 'vi' })).not.toContain(km.survey.send)
})

test.each(languages)('the switch shows all languages in one order and marks the current one (%s)', (language) => {
  const buttons = attributesOf(render({ language, channel: 'web' }), 'button').filter(({ name }) => name === 'lang')
  expect(buttons.map(({ value, form }) => [value, form])).toEqual(['vi', 'km', 'en'].map((code) => [code, 'survey']))
  const current = buttons.filter((button) => 'aria-current' in button)
  expect(current.map((button) => [button.lang, button['data-href']])).toEqual([
    [language, `/s/Q2?c=web&amp;lang=${language}`],
  ])
  const { place } = makeForm({})
  const thanks = renderThanksPage({ place, language, receipt: 'K7M4', replay: false, demo: false }, plain)
  const shown = attributesOf(thanks, 'a').filter(({ lang }) => lang)
  expect(shown.map(({ href }) => href)).toEqual(['vi', 'km', 'en'].map((code) => `/s/Q2/cam-on/K7M4?lang=${code}`))
})

test('a translation nobody has reviewed says so, in Vietnamese and in its own words; others say nothing', () => {
  expect(render({ language: 'km' })).toContain(`${vi.page.unreviewed} · ${km.page.unreviewed}`)
  expect(render({ language: 'vi' })).not.toContain(vi.page.unreviewed)
  expect(render({ language: 'km', unreviewed: [] })).not.toContain(km.page.unreviewed)
})

test.each(languages)('invented data are marked on every page (%s)', (language) => {
  const { place } = makeForm({})
  expect(render({ language, demo: true })).toContain('DỮ LIỆU MẪU')
  expect(render({ language })).not.toContain('DỮ LIỆU MẪU')
  const thanks = renderThanksPage({ place, language, receipt: 'K7M4', replay: false, demo: true }, plain)
  expect(thanks).toContain('DỮ LIỆU MẪU')
})

test('the thank-you page shows the receipt; a replay says that the first answer stands and opens a new form', () => {
  const { place } = makeForm({})
  const thanks = renderThanksPage({ place, language: 'vi', receipt: 'K7M4-22XY', replay: false, demo: false }, plain)
  const replay = renderThanksPage({ place, language: 'vi', receipt: 'K7M4-22XY', replay: true, demo: false }, plain)
  for (const page of [thanks, replay]) {
    expect(page).toContain('<b>K7M4-22XY</b>')
    expect(page).toContain('href="/s/Q2?lang=vi"')
  }
  expect(thanks).toContain(vi.thanks.title)
  expect(replay).toContain(vi.thanks.replay)
  expect(replay).not.toContain(vi.thanks.title)
})

test('a message page prefers the sentence it is given, and shows the request’s code', () => {
  const page = renderMessagePage({ kind: 'fault', language: 'vi', sentence: 'Xin thử lại.', requestId: 'yc-7' }, plain)
  expect(page).toContain('Xin thử lại.')
  expect(page).not.toContain(vi.message.fault.text)
  expect(page).toContain('yc-7')
})

test('nothing built is too new for Chrome 80', () => {
  expect(findTooNew('style', style)).toEqual([])
  expect(findTooNew('script', surveyAssets.script)).toEqual([])
  expect(findTooNew('script', otherAssets.script)).toEqual([])
  expect(() => new Function(surveyAssets.script)).not.toThrow()
})

test.each(['style', 'script'] as const)('the Chrome 80 linter finds each %s feature it names', (kind) => {
  for (const { name, sample } of knownUnknowns[kind]) expect(findTooNew(kind, sample), sample).toContain(name)
})

test('no built script can end its own element', () => {
  for (const script of [surveyAssets.script, otherAssets.script]) expect(script).not.toMatch(/<\/script|<!--/i)
  expect(style).not.toMatch(/<\//)
})

function allPages(): [string, string][] {
  const { place } = makeForm({})
  const kinds: MessageKind[] = ['unknown-place', 'closed-place', 'unavailable', 'refused', 'not-found', 'fault']
  return languages.flatMap((language: Language): [string, string][] => [
    [`survey ${language}`, renderSurveyPage(makeLongestForm({ language }), plain)],
    [`thanks ${language}`, renderThanksPage({ place, language, receipt: 'K7M4', replay: false, demo: false }, plain)],
    [`replay ${language}`, renderThanksPage({ place, language, receipt: 'K7M4', replay: true, demo: false }, plain)],
    ...kinds.map((kind): [string, string] => [`${kind} ${language}`, renderMessagePage({ kind, language }, plain)]),
  ])
}

function attributesOf(page: string, tag: string): Record<string, string>[] {
  return [...page.matchAll(new RegExp(`<${tag}\\s([^>]*)>`, 'g'))].map(([, attributes]) =>
    Object.fromEntries(
      [...(attributes ?? '').matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, value ?? '']),
    ),
  )
}

const valuesOf = (page: string, name: string) =>
  attributesOf(page, 'input')
    .filter((input) => input.name === name)
    .map(({ value }) => value)

/** Every text by its path; functions are called with words that mark their place. */
function flatten(words: object, path = ''): Map<string, string> {
  const entries = Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[path + key, value]]
    if (typeof value === 'function') return [[path + key, String(value('{}', '{}'))]]
    return [...flatten(value, `${path}${key}.`)]
  })
  return new Map(entries)
}
