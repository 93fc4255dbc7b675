import { afterAll, beforeAll, expect, test } from 'vitest'
import { updatePlace } from '../../db/places/change.ts'
import { createDraft, publishDraft } from '../../db/questionnaires/versions.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const reference = readReference()
const administrative = reference.questionnaires.find(
  ({ code }) => code === 'administrative',
) as (typeof reference.questionnaires)[number]
const statuses = async () => {
  const rows = await server.database.sql`
    select version, status from questionnaire_versions where code = 'administrative' order by version`
  return rows.map(({ version, status }) => `${version} ${status}`)
}

test('loading again changes nothing, and never what an administrator changed', async () => {
  const name = { vi: 'Trường Mầm non Vĩnh Thuận', en: 'Kindergarten', km: 'សាលា' }
  await updatePlace(server.database, 'TRMN', { name, open: false, budgetPerHour: 7 }, 'admin')
  const before = await server.database.sql`select * from places order by id`
  await loadReference(server.database.query, reference)
  expect(await server.database.sql`select * from places order by id`).toEqual(before)
  expect(await statuses()).toEqual(['1 published'])
})

test('a newer questionnaire in the reference data retires the one before it', async () => {
  await loadReference(server.database.query, { ...reference, questionnaires: [{ ...administrative, version: 2 }] })
  expect(await statuses()).toEqual(['1 retired', '2 published'])
})

test('a commune that went on to versions of its own keeps them', async () => {
  const version = (await createDraft(server.database, administrative, 'admin')) as number
  await publishDraft(server.database, { code: 'administrative', version, reason: 'Theo góp ý của dân', actor: 'admin' })
  await loadReference(server.database.query, { ...reference, questionnaires: [{ ...administrative, version: 3 }] })
  expect(await statuses()).toEqual(['1 retired', '2 retired', '3 published'])
})
