import type { StoredResponse } from '../../server/respond/contract.ts'

/** The rows of a batch that open a case, as openCases reads them. */
export const casesOf = (responses: StoredResponse[]) =>
  responses.flatMap(({ placeId, id, day, openedCase }) => (openedCase ? [{ placeId, id, day, ...openedCase }] : []))

/**
 * Under which agency each place stands just now. Read apart, as everywhere: an INSERT that selects from a table and
 * uses a function that is not immutable (json_to_recordset is none) leaves Citus 13 as "syntax error at or near NOT".
 */
export const stands = 'stands as materialized (select id, agency_id from places)'

/** The secret that numbers of cases are scattered by; made when the server starts, read apart like `stands`. */
export const caseKey = "case_key as materialized (select value from settings where key = 'key.case')"

/**
 * Opens the cases of a batch within the statement that stores its responses, under the agency that the place belongs
 * to just now. Receipts are 40 bits wide: should two ever be equal, the second response is stored without a case
 * rather than refused. The statement around it holds `stands` and `caseKey`. No conflict
 * target is named, for that would need the right to read other cases. The number is given here, not by a trigger, which
 * Citus 13 refuses.
 */
export const openCases = (parameter: number, from = '', where = '') => `
  insert into cases (id, position, place_id, response_id, receipt, kind, agency_id, restricted, day, half,
    urgent, due_on)
  overriding system value
  select scatter_case_number(position, (select value from case_key)), position, "placeId", id, receipt, kind, agency_id,
    restricted, day, half, urgent, "dueOn"
  from (select r.*, stands.agency_id, nextval('case_positions')::int as position
    from ${from} json_to_recordset($${parameter}::text::json) as r("placeId" int2, id uuid, receipt text, kind text,
      restricted boolean, day date, half text, urgent boolean, "dueOn" date)
    join stands on stands.id = "placeId" ${where}) as numbered
  on conflict do nothing`
