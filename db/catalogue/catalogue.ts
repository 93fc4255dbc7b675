import { asc, desc, inArray, isNull } from 'drizzle-orm'
import { caseRulesKey, readCaseRules } from '../../server/catalogue/case-rules-contract.ts'
import type { Database } from '../client.ts'
import { agencies, fields, holidays, places, questionnaireVersions, retiredCodes, settings, waves } from './tables.ts'

export type CatalogueRows = Awaited<ReturnType<typeof readCatalogue>>

/** Everything the surveys are made of: small tables, read whole. */
export async function readCatalogue(database: Database) {
  const [agencyRows, fieldRows, placeRows, versionRows, waveRows, settingRows, holidayRows, retiredRows] =
    await Promise.all([
      database.query.select().from(agencies).orderBy(asc(agencies.position)),
      database.query.select().from(fields).orderBy(asc(fields.position)),
      database.query.select().from(places).orderBy(asc(places.position), asc(places.id)),
      database.query.select().from(questionnaireVersions).orderBy(asc(questionnaireVersions.code)),
      database.query.select().from(waves).where(isNull(waves.closedAt)).orderBy(asc(waves.id)),
      database.query
        .select()
        .from(settings)
        .where(inArray(settings.key, ['qr.capitals', caseRulesKey])),
      database.query.select().from(holidays),
      database.query.select().from(retiredCodes).orderBy(desc(retiredCodes.retiredAt)),
    ])
  const setting = (key: string) => settingRows.find((row) => row.key === key)?.value
  return {
    agencies: agencyRows,
    fields: fieldRows,
    places: placeRows,
    versions: versionRows,
    waves: waveRows,
    qrCapitals: setting('qr.capitals') === 'yes',
    caseRules: readCaseRules(setting(caseRulesKey)),
    holidays: holidayRows,
    retiredCodes: retiredRows,
  }
}
