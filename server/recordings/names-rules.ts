import type { SpokenText } from './contract.ts'

/** "A1.mp3", "Kb_A1 .M4A" → a name that texts are found by: no ending, no capitals, no marks, hyphens for gaps. */
export const plainName = (file: string): string =>
  file
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z0-9]{2,5}$/i, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .trim()
    .replace(/[\s_]+/g, '-')

/** The sentence that a file by this name is meant for. */
export function findByName(texts: SpokenText[], file: string): SpokenText | undefined {
  const name = plainName(file)
  return texts.find(({ fileNames }) => fileNames.some((one) => plainName(`${one}.x00`) === name))
}
