/** Every address of the application, as values: routes, links and tests use these and nothing else. */
export const links = {
  home: '/',
  health: '/health',
  asset: (file: string) => `/assets/${file}`,

  survey: (code: string, channel?: string, lang?: string) => `/s/${code}${query({ c: channel, lang })}`,
  thanks: (code: string, receipt: string, lang?: string, done?: string) =>
    `/s/${code}/cam-on/${receipt}${query({ lang, da: done })}`,

  callback: (code: string, receipt: string) => `/s/${code}/cam-on/${receipt}/goi-lai`,
  findReply: (lang?: string) => `/tra-loi${query({ lang })}`,
  reply: (receipt: string, lang?: string) => `/tra-loi/${receipt}${query({ lang })}`,
  askAboutData: (receipt: string) => `/tra-loi/${receipt}/du-lieu`,

  signIn: (next?: string) => `/dang-nhap${query({ next })}`,
  signInCode: (next?: string) => `/dang-nhap/ma-xac-thuc${query({ next })}`,
  signOut: '/dang-xuat',
  invitation: (token: string) => `/moi/${token}`,

  staff: '/can-bo',
  inviteStaff: '/can-bo/moi',
  staffMember: (username: string) => `/can-bo/${username}`,
  staffStanding: (username: string) => `/can-bo/${username}/trang-thai`,
  staffLink: (username: string) => `/can-bo/${username}/lien-ket`,
  account: '/tai-khoan',
  changePassword: '/tai-khoan/mat-khau',
  endSession: '/tai-khoan/phien',
  secondFactor: '/tai-khoan/hai-buoc',
  confirmFactor: '/tai-khoan/hai-buoc/xac-nhan',
  turnOffFactor: '/tai-khoan/hai-buoc/tat',
  recoveryCodes: '/tai-khoan/hai-buoc/ma-du-phong',

  today: (day?: string) => `/hom-nay${query({ ngay: day })}`,
  todayPeriod: (from: string, to: string) => `/hom-nay${query({ tu: from, den: to })}`,
  live: '/hom-nay/live',
  wall: (agency: string) => `/board/${agency}`,
  wallLive: (agency: string) => `/board/${agency}/live`,
  indicators: (from?: string, to?: string) => `/chi-tieu${query({ from, to })}`,
  indicator: (code: string, from?: string, to?: string) => `/chi-tieu/${code}${query({ from, to })}`,
  changeIndicator: (code: string) => `/chi-tieu/${code}/sua`,
  method: '/phuong-phap',

  review: (filters: Record<string, string | undefined> = {}) => `/phieu-de-rieng${query(filters)}`,
  reviewPattern: (pattern: Record<string, string | undefined> = {}) => `/phieu-de-rieng/nhom${query(pattern)}`,
  previewReview: (pattern: Record<string, string | undefined> = {}) => `/phieu-de-rieng/xem-truoc${query(pattern)}`,
  decideReview: '/phieu-de-rieng/quyet-dinh',
  reviewDecision: (decision: string) => `/phieu-de-rieng/quyet-dinh/${decision}`,
  undoReview: (decision: string) => `/phieu-de-rieng/quyet-dinh/${decision}/hoan-lai`,

  cases: (filter: CaseLinkFilter = {}) =>
    `/y-kien${query({ muc: filter.tab, diem: filter.place, 'chu-de': filter.theme, loai: filter.kind, 'cua-toi': filter.mine, sau: filter.after })}`,
  case: (id: number) => `/y-kien/${id}`,
  revealCase: (id: number) => `/y-kien/${id}/xem`,
  improvements: '/y-kien/da-lam',
  newImprovement: (agency?: string, theme?: string) =>
    `/y-kien/da-lam/moi${query({ 'co-quan': agency, 'chu-de': theme })}`,
  improvement: (id: number) => `/y-kien/da-lam/${id}`,
  caseSettings: (year?: string) => `/y-kien/cai-dat${query({ nam: year })}`,
  caseThemes: '/y-kien/cai-dat/chu-de',
  caseHolidays: '/y-kien/cai-dat/ngay-nghi',
  rightsRequests: '/y-kien/yeu-cau-du-lieu',
  rightsRequest: (id: number) => `/y-kien/yeu-cau-du-lieu/${id}`,

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
  entries: '/nhap-phieu',
  wave: (id: number) => `/dot-khao-sat/${id}`,
  closeWave: (id: number) => `/dot-khao-sat/${id}/ket-thuc`,
  enterForms: (id: number) => `/dot-khao-sat/${id}/nhap-phieu`,
  checkForms: (id: number) => `/dot-khao-sat/${id}/nhap-kiem-tra`,
  paperForm: (id: number) => `/dot-khao-sat/${id}/phieu-giay`,

  audit: (filter: { nguoi?: string; nhom?: string; tim?: string; tu?: string; den?: string; truoc?: string } = {}) =>
    `/nhat-ky${query(filter)}`,
  auditFile: (filter: { nguoi?: string; nhom?: string; tim?: string; tu?: string; den?: string } = {}) =>
    `/nhat-ky/tai-ve.csv${query(filter)}`,
  system: '/he-thong',

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
  callback: '/s/:code/cam-on/:receipt/goi-lai',
  reply: '/tra-loi/:receipt',
  askAboutData: '/tra-loi/:receipt/du-lieu',
  asset: '/assets/:file',
  invitation: '/moi/:token',
  staffMember: '/can-bo/:username',
  staffStanding: '/can-bo/:username/trang-thai',
  staffLink: '/can-bo/:username/lien-ket',
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
  reviewDecision: '/phieu-de-rieng/quyet-dinh/:decision',
  undoReview: '/phieu-de-rieng/quyet-dinh/:decision/hoan-lai',
  changeIndicator: '/chi-tieu/:code/sua',
  case: '/y-kien/:id',
  revealCase: '/y-kien/:id/xem',
  improvement: '/y-kien/da-lam/:id',
  rightsRequest: '/y-kien/yeu-cau-du-lieu/:id',
  wave: '/dot-khao-sat/:id',
  closeWave: '/dot-khao-sat/:id/ket-thuc',
  enterForms: '/dot-khao-sat/:id/nhap-phieu',
  checkForms: '/dot-khao-sat/:id/nhap-kiem-tra',
  paperForm: '/dot-khao-sat/:id/phieu-giay',
  apiQuestionnaire: '/api/places/:code/questionnaire',
} as const

/** Each part narrows the list; `after` is where a further page begins. */
export type CaseLinkFilter = Partial<Record<'tab' | 'place' | 'theme' | 'kind' | 'mine' | 'after', string>>

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length ? `?${new URLSearchParams(given)}` : ''
}
