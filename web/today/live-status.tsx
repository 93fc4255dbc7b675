/** What the page knows of its own freshness; `staleSince` is a clock time HH:MM. */
export type LiveStatusProps = { staleSince: string | null; reload: () => void }

export function LiveStatus({ staleSince, reload }: LiveStatusProps) {
  if (staleSince === null) return <p class="live">Đang cập nhật trực tiếp</p>
  return (
    <p class="live stale">
      <span>Mất kết nối từ {staleSince} – đang thử lại</span>
      <button type="button" class="button small" onClick={reload}>
        Tải lại trang
      </button>
    </p>
  )
}
