import type { StoredResponse } from '../../server/respond/contract.ts'

/** The rows of a batch that open a case, as openCases reads them. */
export const casesOf = (responses: StoredResponse[]) =>
  responses.flatMap(({ placeId, id, day, openedCase }) => (openedCase ? [{ placeId, id, day, ...openedCase }] : []))

/**
 * Under which agency each place stands just now. Read apart, as everywhere: an INSERT that selects from a table and
 * uses a function that is not immutable (json_to_recordset is none) leaves Citus 13 as "syntax error at or near NOT".
 */
export const stands = 'stands as materialized (select id, agency_id from places)'

/**
 * Opens the cases of a batch within the statement that stores its responses, under the agency that the place belongs
 * to just now. Receipts are 40 bits wide: should two ever be equal, the second response is stored without a case
 * rather than refused. The statement around it holds `stands`. No conflict target is named, for that would need the right to read other cases.
 */
export const openCases = (parameter: number, from = '', where = '') => `
  insert into cases (place_id, response_id, receipt, kind, agency_id, restricted, day, half, due_on)
  select "placeId", r.id, receipt, kind, stands.agency_id, restricted, day, half, "dueOn"
  from ${from} json_to_recordset($${parameter}::text::json) as r("placeId" int2, id uuid, receipt text, kind text,
    restricted boolean, day date, half text, "dueOn" date) join stands on stands.id = "placeId" ${where}
  on conflict do nothing`
