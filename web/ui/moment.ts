const viMoment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const partsOf = (instant: string) =>
  Object.fromEntries(viMoment.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))

/** "23/11/2026" in Vietnam from an instant. */
export function formatDayOf(instant: string): string {
  const { day, month, year } = partsOf(instant)
  return `${day}/${month}/${year}`
}

/** "09:05 ngày 23/11/2026" in Vietnam: for what staff did, never for what came from a citizen. */
export function formatMoment(instant: string): string {
  const { hour, minute } = partsOf(instant)
  return `${hour}:${minute} ngày ${formatDayOf(instant)}`
}

/** "23/11/2026 09:05", for columns of moments. */
export function formatStamp(instant: string): string {
  const { hour, minute } = partsOf(instant)
  return `${formatDayOf(instant)} ${hour}:${minute}`
}
