/** A promise, said with the figures found, and whether it held. */
export type Finding = [holds: boolean, sentence: string]
