/** Vietnam keeps UTC+7 all year: the commune's clock, whatever the time zone of the screen that shows it. */
export const vietnamMillis = 7 * 3_600_000

/** "09:05" */
export const clockTime = (nowMs: number): string => new Date(nowMs + vietnamMillis).toISOString().slice(11, 16)
