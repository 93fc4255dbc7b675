import { z } from 'zod'

/** The calendar that this product speaks of: what lies outside is a slip of the hand, and PostgreSQL does not know year 0. */
const [firstDay, lastDay] = ['1900-01-01', '2199-12-31']

/** A day of an address or a form, YYYY-MM-DD, that the calendar has and every computation over days can bear. */
export const calendarDay = (error?: string) =>
  z.iso.date(error === undefined ? {} : { error }).refine((day) => day >= firstDay && day <= lastDay, {
    error: error ?? 'Ngày phải từ năm 1900 đến năm 2199.',
  })

const plainDay = calendarDay()

/** The same as a question, for readers that pass over what they do not understand. */
export const isCalendarDay = (text: unknown): text is string => plainDay.safeParse(text).success

/** A year of an address: the same bounds. */
export const isCalendarYear = (text: string): boolean => isCalendarDay(`${text}-01-01`)
