import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Those of half a minute and more, longest first: one that began last would be waited for by all workers but its own.
 * Only one of the first three needs the sample, which whoever asks first makes and the others wait for.
 */
const longest = [
  'respond/kiosk-browser',
  'no-script',
  'doors',
  'system/embedded-database',
  'system/process',
  'role-journeys',
  'accessibility-staff',
  'respond/survey-browser',
  'today/insertion',
  'communes/pages',
  'bad-input-staff',
  'staff-pages',
  'communes/board',
  'journey',
  'system/communes',
  'ledger/other-program',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files)
    return others.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.includes(`/tests/${name}.test.`))
  return at === -1 ? longest.length : at
}
