import type { StoredResponse } from '../../server/respond/contract.ts'

/** The rows of a batch that open a case, as openCases reads them. */
export const casesOf = (responses: StoredResponse[]) =>
  responses.flatMap(({ placeId, id, day, openedCase }) => (openedCase ? [{ placeId, id, day, ...openedCase }] : []))

/**
 * Opens the cases of a batch within the statement that stores its responses, under the agency that the place belongs
 * to just now. Receipts are 40 bits wide: should two ever be equal, the second response is stored without a case
 * rather than refused. No conflict target is named, for that would need the right to read other cases.
 */
export const openCases = (parameter: number, from = '', where = '') => `
  insert into cases (place_id, response_id, receipt, kind, agency_id, restricted, day, half, urgent, due_on)
  select "placeId", r.id, receipt, kind, places.agency_id, restricted, day, half, urgent, "dueOn"
  from ${from} json_to_recordset($${parameter}::text::json) as r("placeId" int2, id uuid, receipt text, kind text,
    restricted boolean, day date, half text, urgent boolean, "dueOn" date) join places on places.id = "placeId" ${where}
  on conflict do nothing`
