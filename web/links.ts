/** Every address of the application, as values: routes, links and tests use these and nothing else. */
export const links = {
  home: '/',
  health: '/health',
  asset: (file: string) => `/assets/${file}`,

  survey: (code: string, channel?: string, lang?: string) => `/s/${code}${query({ c: channel, lang })}`,
  thanks: (code: string, receipt: string, lang?: string) => `/s/${code}/cam-on/${receipt}${query({ lang })}`,

  signIn: (next?: string) => `/dang-nhap${query({ next })}`,
  signOut: '/dang-xuat',

  today: (day?: string) => `/hom-nay${query({ ngay: day })}`,
  live: '/hom-nay/live',
  wall: (agency: string) => `/board/${agency}`,
  wallLive: (agency: string) => `/board/${agency}/live`,
  indicators: (from?: string, to?: string) => `/chi-tieu${query({ from, to })}`,
  indicator: (code: string, from?: string, to?: string) => `/chi-tieu/${code}${query({ from, to })}`,
  changeIndicator: (code: string) => `/chi-tieu/${code}/sua`,
  method: '/phuong-phap',

  places: '/diem-phuc-vu',
  place: (code: string) => `/diem-phuc-vu/${code}`,
  placeQr: (code: string) => `/diem-phuc-vu/${code}/qr.svg`,
  posters: (codes: string[], size?: string) => `/diem-phuc-vu/to-dan.pdf${query({ ma: codes.join(','), co: size })}`,
  qrSettings: '/diem-phuc-vu/cai-dat-qr',
  questionnaires: '/bo-cau-hoi',
  questionnaire: (code: string, version: number) => `/bo-cau-hoi/${code}/${version}`,
  reviewTranslation: (code: string, version: number) => `/bo-cau-hoi/${code}/${version}/duyet-ban-dich`,
  questionnaireDiff: (code: string, version: number, than: number) => `/bo-cau-hoi/${code}/${version}/so-voi/${than}`,
  draftQuestionnaire: (code: string) => `/bo-cau-hoi/${code}/ban-thao`,
  publishQuestionnaire: (code: string, version: number) => `/bo-cau-hoi/${code}/${version}/ban-hanh`,

  visits: (from?: string, to?: string) => `/luot${query({ from, to })}`,
  importVisits: '/luot/nhap-tep',

  waves: '/dot-khao-sat',
  newWave: '/dot-khao-sat/moi',
  wave: (id: number) => `/dot-khao-sat/${id}`,
  closeWave: (id: number) => `/dot-khao-sat/${id}/ket-thuc`,
  enterForms: (id: number) => `/dot-khao-sat/${id}/nhap-phieu`,
  checkForms: (id: number) => `/dot-khao-sat/${id}/nhap-kiem-tra`,
  paperForm: (id: number) => `/dot-khao-sat/${id}/phieu-giay`,

  api: {
    openapi: '/api/openapi.json',
    responses: '/api/responses',
    places: '/api/places',
    questionnaire: (code: string, id?: string, lang?: string) =>
      `/api/places/${code}/questionnaire${query({ id, lang })}`,
    indicators: (from?: string, to?: string) => `/api/indicators${query({ from, to })}`,
    daily: (place?: string, from?: string, to?: string) => `/api/daily${query({ place, from, to })}`,
  },
} as const

/** Path patterns for the router, made from the same links with named parameters. */
export const patterns = {
  survey: '/s/:code',
  thanks: '/s/:code/cam-on/:receipt',
  asset: '/assets/:file',
  place: '/diem-phuc-vu/:code',
  placeQr: '/diem-phuc-vu/:code/qr.svg',
  posters: '/diem-phuc-vu/to-dan.pdf',
  questionnaire: '/bo-cau-hoi/:code/:version',
  reviewTranslation: '/bo-cau-hoi/:code/:version/duyet-ban-dich',
  wall: '/board/:agency',
  wallLive: '/board/:agency/live',
  questionnaireDiff: '/bo-cau-hoi/:code/:version/so-voi/:than',
  draftQuestionnaire: '/bo-cau-hoi/:code/ban-thao',
  publishQuestionnaire: '/bo-cau-hoi/:code/:version/ban-hanh',
  indicator: '/chi-tieu/:code',
  changeIndicator: '/chi-tieu/:code/sua',
  wave: '/dot-khao-sat/:id',
  closeWave: '/dot-khao-sat/:id/ket-thuc',
  enterForms: '/dot-khao-sat/:id/nhap-phieu',
  checkForms: '/dot-khao-sat/:id/nhap-kiem-tra',
  paperForm: '/dot-khao-sat/:id/phieu-giay',
  apiQuestionnaire: '/api/places/:code/questionnaire',
} as const

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length ? `?${new URLSearchParams(given)}` : ''
}
