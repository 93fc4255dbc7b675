import type { Database } from '../../db/client.ts'
import { readPublicReports } from '../../db/publication/publications.ts'
import type { Text } from '../catalogue/contract.ts'
import { issuerOf } from '../reports/content/issuer-rules.ts'
import type { ReportDocument } from '../reports/contract.ts'

type Headed = Pick<ReportDocument, 'type' | 'subject' | 'issuer'>

/**
 * The letterhead's capitals read as shouting on a page: "Báo cáo kết quả …", "Trạm Y tế". An issuer whose name nobody knows
 * in small letters stays as it is printed.
 */
export function namesOfReport({ type, subject, issuer }: Headed, agencies: { name: Text }[]) {
  const { above } = issuerOf('administrative', undefined)
  const known = [above, ...agencies.map(({ name }) => name.vi)]
  return {
    subject: `${type.charAt(0)}${type.slice(1).toLocaleLowerCase('vi')} ${subject.charAt(0).toLocaleLowerCase('vi')}${subject.slice(1)}`,
    issuer: known.find((name) => name.toLocaleUpperCase('vi') === issuer) ?? issuer,
  }
}

export async function listReports(database: Database, agencies: { name: Text }[]) {
  const reports = await readPublicReports(database)
  return reports.map(({ document, id, kind, from, to, version, hash }) => ({
    id,
    kind,
    from,
    to,
    version,
    hash,
    ...namesOfReport(document, agencies),
  }))
}
