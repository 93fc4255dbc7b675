import type { Database } from '../../db/client.ts'
import { approveReport, findReport, listReports, makeReport, publishReport } from '../../db/reports/reports.ts'
import type { CatalogueState } from '../../server/catalogue/catalogue.ts'
import { addDays } from '../../server/days.ts'
import type { ReportRequest } from '../../server/reports/input/contract.ts'
import { listPresets } from '../../server/reports/record-periods.ts'
import { writeFresh } from '../../server/reports/records.ts'
import { momentOf } from './calendar.ts'

type Reporting = { state: CatalogueState; today: string; startedOn: string }
type Plan = Pick<ReportRequest, 'kind' | 'sector'> & { agency: string; maker: string; state: 'published' | 'draft' }

const plans: Plan[] = [
  {
    kind: 'quarterly',
    sector: 'administrative',
    agency: 'trung-tam-pvhcc',
    maker: 'phutrach-pvhcc',
    state: 'published',
  },
  { kind: 'quarterly', sector: 'health', agency: 'tram-y-te', maker: 'phutrach-yte', state: 'published' },
  {
    kind: 'annual_result',
    sector: 'administrative',
    agency: 'trung-tam-pvhcc',
    maker: 'phutrach-pvhcc',
    state: 'draft',
  },
]
/** What the demo's agencies wrote into the blanks, by what each asks for. */
const blanks = {
  'ghi số, ngày của kế hoạch': 'số 15/KH-UBND ngày 05/01/2026 (dữ liệu mẫu)',
  'ghi kế hoạch khảo sát hoặc văn bản giao nhiệm vụ trong kỳ': 'Kế hoạch khảo sát năm 2026 (dữ liệu mẫu)',
  'ghi văn bản giao nhiệm vụ': 'Kế hoạch khảo sát năm 2026 (dữ liệu mẫu)',
  'ghi số phiếu phát ra': 'không phát phiếu giấy',
}
const causes =
  'Hồ sơ đất đai phải lấy ý kiến nhiều nơi nên hay trễ hẹn; sáng đầu tuần đông người trong khi quầy chưa thêm người.'
const proposals = 'Giữ người thứ hai ở Quầy 2 vào đầu tuần; báo trước cho người dân khi hồ sơ có thể trễ.'

/** The last whole quarter, signed and shown to everybody, and the running year as a draft; once. */
export async function writeReports(database: Database, { state, today, startedOn }: Reporting): Promise<void> {
  if ((await listReports(database, 'all')).length > 0) return
  for (const { agency, maker, state: reached, ...plan } of plans) {
    const isDraft = reached === 'draft'
    const period = listPresets(today).find(({ kind, to }) => kind === plan.kind && (isDraft ? to >= today : to < today))
    const agencyId = state.agencies.find(({ code }) => code === agency)?.id
    if (!period || !agencyId || period.to < startedOn) continue
    const { from, to } = period
    const paragraphs = isDraft ? {} : { causes, proposals, blanks }
    const request = { ...plan, agency: agencyId, from, to }
    const signedOn = isDraft ? addDays(today, -1) : addDays(to, 8)
    const by = (actor: string, minutes: number) => ({ actor, at: new Date(momentOf(signedOn, minutes)).toISOString() })
    const written = await writeFresh(database, state, request, { today: signedOn, own: { paragraphs } })
    const first = { version: 1, correctsId: null, correctionReason: null }
    const id = await makeReport(database, { ...plan, ...first, agencyId, from, to, ...written }, by(maker, 540))
    const made = id === undefined ? undefined : await findReport(database, id)
    if (!made || isDraft) continue
    await approveReport(database, made, by('lanhdao', 900))
    await publishReport(database, made, by('lanhdao', 930))
  }
}
