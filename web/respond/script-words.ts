/** What the island says, one a line in the order in which it takes them. */
export const scriptWords = [
  'read',
  'back',
  'skip',
  'next',
  'sending',
  'needAnswer',
  'heldOffline',
  'heldBusy',
  'held',
  'heldBusyText',
  'unsaved',
  'retry',
  'sent',
  'sentText',
  'refused',
  'used',
  'usedText',
] as const

type TextsOf<Names extends readonly string[]> = { [Index in keyof Names]: string }

export type ScriptTexts = TextsOf<typeof scriptWords>
