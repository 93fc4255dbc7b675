/** Of those who were asked about pressure and answered: how many said yes, and the share with its interval in percent. */
export type PressureShare = {
  answered: number
  yes: number
  /** Null where fewer than five answered: two or three people are nobody's statistic. */
  share: number | null
  lower: number | null
  upper: number | null
}
