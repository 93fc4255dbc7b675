import { readLedgerState } from '../../db/ledger/read.ts'
import type { LedgerState } from './contract.ts'
import {
  handoverText,
  isSignedBy,
  readCheckpoint,
  readSigner,
  type Signer,
  signNote,
  writeVerifier,
} from './note-rules.ts'
import { runHandover, type SequencerParts } from './sequencer.ts'
import { makeKeyText } from './vault.ts'

export type HandedOver = {
  name: string
  /** Lines it goes on after, and lines that had been shown; more shown than kept means that some are missing. */
  size: number
  shown: number
}

const attempts = 50

/**
 * A new key takes over: the line about it is signed by the old key and the new one, so is the first checkpoint. After
 * a restore the name changes too: a ledger of the old name that went on differently would be a fork.
 */
export async function handOver(
  parts: SequencerParts,
  afterRestore: boolean,
  onKey: (key: string, replaced: boolean) => void,
): Promise<HandedOver> {
  const state = await readLedgerState(parts.database)
  const stored = readCheckpoint(state?.checkpoint ?? '')
  if (!state || !stored) throw new Error('Sổ cái chưa có lần ký nào.')
  const old = parts.vault.signer()
  const isOwn = isSignedBy(state.checkpoint, old)
  if (!isOwn && !afterRestore)
    throw new Error('Khóa hiện có không phải khóa đã ký sổ cái; xin chép lại khóa cũ, hoặc thêm --after-restore.')
  const key = makeKeyText(afterRestore ? nextName(stored.origin) : stored.origin)
  const next = readSigner(key) as Signer
  const shown = Math.max(state.size, readCheckpoint(parts.vault.remembered())?.size ?? 0)
  const from = isOwn ? writeVerifier(old) : `${stored.origin}+mất-khóa`
  const text = handoverText(from, writeVerifier(next), describeAfter(state, shown, afterRestore))
  const handover = signNote(text, isOwn ? [next, old] : [next])
  const at = new Date(parts.now()).toISOString()
  const event = { type: 'key' as const, key: writeVerifier(next), handover, at }
  // The new key is safe before anything is signed with it; should that fail, the old one stands beside it.
  const replaced = parts.vault.replace(key)
  onKey(key, replaced)
  for (let attempt = 1; !(await runHandover(parts, event, isOwn ? [next, old] : [next])); attempt += 1) {
    if (attempt === attempts)
      throw new Error('Máy chủ đang bận ghi sổ cái. Xin chép ledger.key.old về ledger.key rồi thử lại sau một phút.')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return { size: state.size, shown, name: next.name }
}

/** "….vn/so-cai" → "….vn/so-cai-2" → "….vn/so-cai-3". */
function nextName(origin: string): string {
  const [, name = origin, number = '1'] = /^(.*?)(?:-(\d+))?$/.exec(origin) ?? []
  return `${name}-${Number(number) + 1}`
}

function describeAfter({ size }: LedgerState, shown: number, afterRestore: boolean): string {
  if (!afterRestore) return `tiếp sau ${size} dòng`
  return shown > size
    ? `khôi phục sau ${size} dòng; đã từng công bố ${shown} dòng`
    : `khôi phục sau ${size} dòng; không rõ đã công bố thêm bao nhiêu dòng`
}
