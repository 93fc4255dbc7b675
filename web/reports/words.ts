import type { ReportKind, ReportState } from '../../server/reports/contract.ts'

export const kindNames: Record<ReportKind, string> = {
  annual_result: 'Báo cáo năm',
  quarterly: 'Báo cáo quý',
  monthly: 'Báo cáo tháng',
  annual_plan: 'Kế hoạch khảo sát',
}

export const stateNames: Record<ReportState, string> = {
  draft: 'Bản thảo',
  approved: 'Đã duyệt',
  published: 'Đã công bố',
}

/** Enough of a hash to tell two versions apart by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 8)
