import { renderStaffErrorPage } from '../../web/ui/pages/error-page.tsx'
import { renderMessagePage } from '../../web/ui/pages/message-page.tsx'
import type { Shell, StaffAssets } from '../../web/ui/shell.tsx'
import type { Language } from '../catalogue/contract.ts'
import type { PublicError, RefusalCode } from '../errors.ts'
import { inlinePolicy, type PageAssets, staffPolicy } from './html.ts'

export type RefusalAssets = { around: PageAssets; staff: StaffAssets; demo: boolean }

export type RefusedRequest = { path: string; language: Language; requestId: string; shell?: Shell | undefined }

/** The page of a refusal and its policy: a citizen's in three languages, or with the navigation of who is signed in. */
export function drawRefusal(
  { path, language, requestId, shell }: RefusedRequest,
  error: PublicError,
  { around, staff, demo }: RefusalAssets,
): { html: string; policy: string } {
  if (isCitizens(path)) {
    const html = renderMessagePage({ kind: kindOf(error.code), language, requestId, demo }, around)
    return { html, policy: inlinePolicy(around.style, around.script) }
  }
  const [problem] = error.problems ?? []
  const sentence = problem?.message ?? error.message
  const page = { title: titleOf(error.status), sentence, requestId, demo }
  return { html: renderStaffErrorPage(shell ? { ...page, shell } : page, staff), policy: staffPolicy }
}

const isCitizens = (path: string): boolean => /^\/([spq]\/|tra-loi)/.test(path)

function titleOf(status: number): string {
  if (status === 403) return 'Chưa được phép'
  if (status === 404) return 'Không tìm thấy trang'
  if (status === 410) return 'Không còn dùng được'
  return status >= 500 ? 'Chưa làm được' : 'Chưa đúng'
}

function kindOf(code: RefusalCode) {
  if (code === 'unknown_place') return 'unknown-place'
  if (code === 'place_closed') return 'closed-place'
  if (code === 'code_revoked') return 'revoked-code'
  if (code === 'unavailable' || code === 'too_slow') return 'unavailable'
  if (code === 'not_found' || code === 'bad_address' || code === 'too_long') return 'not-found'
  return code === 'fault' ? 'fault' : 'refused'
}
