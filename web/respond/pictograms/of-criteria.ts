import { type Drawing, drawings } from './drawings.ts'

/** What each criterion of the published lists is about, by its code; the three kinds of school share theirs. */
export const drawingOf: Record<string, Drawing> = {
  ...numbered('sipas-', 1, [
    ...['info', 'question', 'megaphone', 'eye', 'rising', 'aid', 'school', 'shield', 'road', 'lamp', 'water'],
    ...['umbrella', 'target', 'home', 'info', 'signpost', 'clean', 'chair', 'board', 'papers', 'money', 'clock'],
    ...['talk', 'question', 'steps', 'checked', 'heart', 'calendar', 'receipt', 'scales', 'megaphone', 'wrench'],
    'letter',
  ]),
  ...numbered('kb-a', 1, ['signpost', 'rooms', 'house', 'road', 'phone']),
  ...numbered('kb-b', 1, [
    ...['board', 'papers', 'money', 'door', 'queue', 'clock', 'hourglass', 'stethoscope', 'flask', 'calendar'],
  ]),
  ...numbered('kb-c', 1, ['clean', 'chair', 'fan', 'water', 'lock', 'toilet', 'tree', 'shield']),
  ...numbered('kb-d', 1, ['talk', 'people', 'scales', 'star']),
  ...numbered('kb-e', 1, ['thumb', 'receipt', 'heart', 'money']),
  ...numbered('tc-a', 1, ['pin', 'road', 'signpost', 'clock', 'bell']),
  ...numbered('tc-b', 1, ['papers', 'hourglass', 'stethoscope', 'info', 'talk', 'vial', 'board', 'checked']),
  ...numbered('tc-c', 1, [
    ...['people', 'chair', 'table', 'syringe', 'eye', 'cold', 'hand', 'aid', 'bin', 'toilet', 'tree', 'shield'],
  ]),
  ...numbered('tc-d', 1, ['door', 'talk', 'heart', 'syringe', 'question']),
  ...numbered('tc-e', 1, ['star', 'thumb', 'calendar']),
  ...numbered('gd-1-', 1, ['info', 'papers', 'pin', 'money']),
  ...numbered('gd-2-', 1, ['house', 'toy', 'ball', 'toilet', 'bowl']),
  ...numbered('gd-3-', 1, ['shield', 'talk', 'people', 'home']),
  ...numbered('gd-4-', 1, ['lesson', 'heart', 'flag', 'pencil', 'book']),
  ...numbered('gd-5-', 1, ['rising', 'strength', 'hand', 'star']),
}

/** The path of a criterion's pictogram; undefined for one that a commune wrote itself. */
export function drawingFor(criterion: string): string | undefined {
  const name = Object.hasOwn(drawingOf, criterion) ? drawingOf[criterion] : undefined
  return name && drawings[name]
}

function numbered(prefix: string, first: number, names: string[]): Record<string, Drawing> {
  return Object.fromEntries(names.map((name, index) => [`${prefix}${first + index}`, name as Drawing]))
}
