import type { SurveyParts } from '../survey-pages.ts'

/** What the build made for shared tablets. */
export const kioskAssets = (text: (file: string) => string): SurveyParts['kiosk'] => ({
  style: text('kiosk.css'),
  script: text('kiosk.js'),
  worker: text('kiosk-worker.js'),
})
