/** The present rate is that of four whole weeks: weekdays answer otherwise than weekends. */
export const recentDays = 28

/** With fewer answers the simulated ends would fill the whole scale. */
export const leastForOutlook = 10

/** How many are still to come if the rest of the period goes on as the days just counted. */
export const expectedResponses = (
  { responses, days }: { responses: number; days: number },
  daysLeft: number,
): number => (days <= 0 ? 0 : Math.round((responses / days) * Math.max(0, daysLeft)))
