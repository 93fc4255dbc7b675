import type { ReportSummary } from '../../server/reports/record-contract.ts'
import { links } from '../links.ts'
import { Tag } from '../ui/tag.tsx'
import { stateNames } from './words.ts'

export const StateTag = ({ state }: Pick<ReportSummary, 'state'>) => (
  <Tag kind={state === 'draft' ? 'warn' : 'ok'}>{stateNames[state]}</Tag>
)

export const FileLinks = ({ report: { id }, label }: { report: Pick<ReportSummary, 'id'>; label: string }) => (
  <ul class="report-files" aria-label={`Tải ${label}`}>
    <li>
      <a href={links.reportWord(id)}>Word</a>
    </li>
    <li>
      <a href={links.reportPdf(id)}>PDF</a>
    </li>
    <li>
      <a href={links.reportSheet(id)}>Excel</a>
    </li>
  </ul>
)
