import type { Text } from './contract.ts'

/** As stored, where `en` and `km` may be empty: nobody has translated it yet. */
export type StoredName = Text

/** What people read: Vietnamese where there is no translation. */
export const nameForAll = ({ vi, en, km }: StoredName): Text => ({ vi, en: en || vi, km: km || vi })

/** What is kept of a form: a Vietnamese name typed as the translation is none. */
export const nameToStore = ({ vi, en, km }: StoredName): StoredName => ({
  vi,
  en: en === vi ? '' : en,
  km: km === vi ? '' : km,
})
