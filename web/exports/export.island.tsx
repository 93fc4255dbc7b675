/** Shows how far a download is and lets it be stopped. Without it, and for large files, the link downloads by itself. */
const link = document.querySelector<HTMLAnchorElement>('[data-export]')
const box = document.querySelector<HTMLElement>('[data-progress]')

/** Larger files go straight to the disk by the browser's own download: here they would be kept in memory. */
const mostRows = 200_000
const lineBreak = 10

if (link && box && Number(link.dataset.rows) <= mostRows && 'AbortController' in window) {
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (link.getAttribute('aria-disabled') !== 'true') download(link, box)
  })
}

async function download(from: HTMLAnchorElement, progress: HTMLElement) {
  const stop = new AbortController()
  const say = (words: string) => {
    const status = progress.querySelector('[data-status]')
    if (status) status.textContent = words
  }
  const cancel = progress.querySelector<HTMLElement>('[data-cancel]')
  const bar = progress.querySelector('progress')
  if (cancel) cancel.onclick = () => stop.abort()
  setRunning(from, progress, true)
  bar?.removeAttribute('value')
  say('Đang chuẩn bị tệp…')
  try {
    const reply = await fetch(from.href, { signal: stop.signal, headers: { accept: 'application/json' } })
    if (!reply.ok || !reply.body) throw new Error(await readRefusal(reply))
    const parts = await readAll(reply.body, {
      countsLines: isLines(from),
      expected: Number(from.dataset.rows),
      bar,
      say,
    })
    save(new Blob(parts, { type: reply.headers.get('content-type') ?? '' }), nameOf(reply))
    say('Đã tải xong; tệp nằm trong mục Tải xuống của trình duyệt.')
  } catch (error) {
    say(stop.signal.aborted ? 'Đã dừng; chưa có tệp nào được lưu.' : sentenceOf(error))
  }
  setRunning(from, progress, false)
}

/** Rows can be counted while they come only where each is a line. */
const isLines = (from: HTMLAnchorElement) => from.dataset.format === 'csv' || from.dataset.format === 'jsonl'

type Reading = { countsLines: boolean; expected: number; bar: HTMLProgressElement | null; say: (words: string) => void }

async function readAll(
  body: ReadableStream<Uint8Array>,
  { countsLines, expected, bar, say }: Reading,
): Promise<BlobPart[]> {
  const parts: BlobPart[] = []
  const reader = body.getReader()
  let bytes = 0
  let rows = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts
    parts.push(value as Uint8Array<ArrayBuffer>)
    bytes += value.length
    if (countsLines) for (const byte of value) rows += byte === lineBreak ? 1 : 0
    // A comment may have line breaks of its own.
    if (countsLines && bar) bar.value = Math.min(rows, expected)
    say(`Đã nhận ${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`)
  }
}

function setRunning(from: HTMLAnchorElement, progress: HTMLElement, isRunning: boolean) {
  if (isRunning) from.setAttribute('aria-disabled', 'true')
  else from.removeAttribute('aria-disabled')
  progress.hidden = false
  for (const part of progress.querySelectorAll<HTMLElement>('progress, [data-cancel]')) part.hidden = !isRunning
}

async function readRefusal(reply: Response): Promise<string> {
  // A proxy's page instead of our JSON: the sentence for the unknown follows.
  const body: { message?: string; problems?: { message: string }[] } = await reply.json().catch(() => ({}))
  return body.problems?.[0]?.message ?? body.message ?? ''
}

const sentenceOf = (error: unknown): string =>
  (error instanceof Error && !(error instanceof TypeError) && error.message) ||
  'Đường truyền bị ngắt nên chưa có tệp nào được lưu; xin bấm tải lại.'

const nameOf = (reply: Response): string =>
  /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? 'phieu'

function save(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
