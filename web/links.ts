/** Every address of the application, as values: routes, links and tests use these and nothing else. */
export const links = {
  home: '/',
  homeIn: (lang?: string) => `/${query({ lang: chosenLanguage(lang) })}`,
  /** The page at hand in another language, whatever its address. */
  inLanguage: (lang: string) => `?lang=${lang}`,
  health: '/health',
  asset: (file: string) => `/assets/${file}`,

  survey: (code: string, channel?: string, lang?: string) => `/s/${code}${query({ c: channel, lang })}`,
  thanks: (code: string, receipt: string, lang?: string, done?: string) =>
    `/s/${code}/cam-on/${receipt}${query({ lang, da: done })}`,

  /** Opened by scanning the code on the place's screen, or going on from there. */
  presentSurvey: (code: string, present: string, lang?: string) => `/s/${code}${query({ m: present, lang })}`,
  ticket: (code: string, lang?: string) => `/p/${code}${query({ lang })}`,
  counters: (agency: string, present?: string, lang?: string) => `/q/${agency}${query({ m: present, lang })}`,
  screen: (code: string) => `/s/${code}/man-hinh`,
  kioskThanks: (code: string, receipt: string, lang?: string) =>
    `/s/${code}/cam-on/${receipt}${query({ c: 'kiosk', lang })}`,
  /** A page for an enrolled tablet to keep for an hour without a network, and the worker that opens it then. */
  spareSurvey: (code: string) => `/s/${code}/du-phong`,
  kioskWorker: '/kiosk-worker.js',
  enrolDevice: (token: string) => `/thiet-bi/${token}`,

  receiptLine: (code: string, receipt: string) => `/s/${code}/cam-on/${receipt}/so-cai`,
  receiptLineFile: (code: string, receipt: string) => `/s/${code}/cam-on/${receipt}/so-cai/kiem-tra.html`,
  receiptProof: (code: string, receipt: string) => `/s/${code}/cam-on/${receipt}/so-cai/phieu.tlog-proof`,
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
  /** After a change, with how many cases it handed back. */
  staffMemberSaved: (username: string, handedBack: number) =>
    `/can-bo/${username}?saved=1${handedBack > 0 ? `&tra-lai=${handedBack}` : ''}`,
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
  /** The same board with its places in another order. */
  todayBoard: (asked: TodayLink = {}) => `/hom-nay${query(asked)}`,
  /** Why a place stands where it does; without days, its last four weeks. */
  todayPlace: (code: string, from?: string, to?: string, section?: string) =>
    `/hom-nay/${code}${query(from === to ? { ngay: from, phan: section } : { tu: from, den: to, phan: section })}`,
  live: '/hom-nay/live',
  morning: (agency?: string) => `/buoi-sang${query({ 'co-quan': agency })}`,
  morningPicture: (agency: string) => `/buoi-sang/${agency}/anh.png`,
  wall: (agency: string) => `/board/${agency}`,
  wallLive: (agency: string) => `/board/${agency}/live`,
  wallCode: (agency: string) => `/board/${agency}/ma.svg`,
  indicators: (from?: string, to?: string) => `/chi-tieu${query({ from, to })}`,
  indicator: (code: string, from?: string, to?: string, section?: string) =>
    `/chi-tieu/${code}${query({ from, to, phan: section })}`,
  changeIndicator: (code: string) => `/chi-tieu/${code}/sua`,
  healthResults: (term?: string, service?: string, section?: string) =>
    `/y-te${query({ ky: term, 'dich-vu': service, phan: section })}`,
  commune: (term?: string, section?: string) => `/toan-xa${query({ ky: term, phan: section })}`,
  pressure: (year?: string) => `/toan-xa/ap-luc${query({ nam: year })}`,
  method: '/phuong-phap',
  methodSection: (section?: string) => `/phuong-phap${query({ phan: section })}`,
  publicResults: '/ket-qua',
  /** The results in a language, one section of them. */
  results: (lang?: string, section?: string) => `/ket-qua${query({ lang: chosenLanguage(lang), phan: section })}`,
  agencyResults: (agency: string, lang?: string, section?: string) =>
    `/ket-qua/${agency}${query({ lang: chosenLanguage(lang), phan: section })}`,
  /** A published report's contents, or a part of it. */
  publicReport: (id: number, lang?: string, part?: string) =>
    `/ket-qua/bao-cao/${id}${query({ lang: chosenLanguage(lang), phan: part })}`,
  publicReportFile: (id: number, format: 'pdf' | 'docx') => `/ket-qua/bao-cao/${id}/bao-cao.${format}`,
  openData: '/du-lieu-mo',
  openDataFile: (file: string) => `/du-lieu-mo/v1/${file}`,
  dcat: '/du-lieu-mo/dcat.jsonld',
  ledger: '/so-cai',
  ledgerCheckpoint: '/so-cai/checkpoint',
  ledgerTile: (path: string) => `/so-cai/tile/${path}`,
  ledgerKey: '/so-cai/khoa',
  ledgerVerifier: '/so-cai/verify-ledger.js',
  apiKeys: '/khoa-api',
  revokeApiKey: (id: number) => `/khoa-api/${id}/thu-hoi`,

  review: (filters: Record<string, string | undefined> = {}) => `/phieu-de-rieng${query(filters)}`,
  reviewPattern: (pattern: Record<string, string | undefined> = {}) => `/phieu-de-rieng/nhom${query(pattern)}`,
  previewReview: (pattern: Record<string, string | undefined> = {}) => `/phieu-de-rieng/xem-truoc${query(pattern)}`,
  signPattern: (id: number) => `/phieu-de-rieng/dau-hieu/${id}`,
  reopenPattern: (id: number) => `/phieu-de-rieng/dau-hieu/${id}/xet-lai`,
  lookAgain: '/phieu-de-rieng/nhin-lai',
  decideReview: '/phieu-de-rieng/quyet-dinh',
  reviewDecision: (decision: string) => `/phieu-de-rieng/quyet-dinh/${decision}`,
  undoReview: (decision: string) => `/phieu-de-rieng/quyet-dinh/${decision}/hoan-lai`,

  cases: (filter: CaseLinkFilter = {}) =>
    `/y-kien${query({ muc: filter.tab, diem: filter.place, 'chu-de': filter.theme, loai: filter.kind, 'cua-toi': filter.mine, sau: filter.after })}`,
  case: (id: number) => `/y-kien/${id}`,
  revealCase: (id: number) => `/y-kien/${id}/xem`,
  thankPraise: '/y-kien/loi-khen',
  replyTemplates: (agency?: string) => `/y-kien/mau-tra-loi${query({ 'co-quan': agency })}`,
  improvements: '/y-kien/da-lam',
  newImprovement: (agency?: string, theme?: string) =>
    `/y-kien/da-lam/moi${query({ 'co-quan': agency, 'chu-de': theme })}`,
  improvement: (id: number) => `/y-kien/da-lam/${id}`,
  caseSettings: (year?: string) => `/y-kien/cai-dat${query({ nam: year })}`,
  caseThemes: '/y-kien/cai-dat/chu-de',
  caseHolidays: '/y-kien/cai-dat/ngay-nghi',
  rightsRequests: '/y-kien/yeu-cau-du-lieu',
  rightsRequest: (id: number) => `/y-kien/yeu-cau-du-lieu/${id}`,

  tickets: '/phieu-mot-lan',
  ticketDays: '/phieu-mot-lan/thoi-han',
  placeTickets: (code: string) => `/phieu-mot-lan/${code}`,
  giveTicket: (code: string) => `/phieu-mot-lan/${code}/phat`,
  printTicket: (code: string) => `/phieu-mot-lan/${code}/in`,
  makeTickets: (code: string) => `/phieu-mot-lan/${code}/to-phieu`,
  revokeTickets: (code: string, id: number) => `/phieu-mot-lan/${code}/${id}/thu-hoi`,

  places: '/diem-phuc-vu',
  placeDevices: (code: string) => `/diem-phuc-vu/${code}/thiet-bi`,
  revokeDevice: (code: string, id: number) => `/diem-phuc-vu/${code}/thiet-bi/${id}/thu-hoi`,
  place: (code: string) => `/diem-phuc-vu/${code}`,
  placeQr: (code: string) => `/diem-phuc-vu/${code}/qr.svg`,
  posters: (codes: string[], size?: string) => `/diem-phuc-vu/to-dan.pdf${query({ ma: codes.join(','), co: size })}`,
  qrSettings: '/diem-phuc-vu/cai-dat-qr',
  placesFor: (days: string) => `/diem-phuc-vu${query({ ky: days })}`,
  placeFor: (code: string, days: string) => `/diem-phuc-vu/${code}${query({ ky: days })}`,
  newPlace: (agency?: string, sector?: string) => `/diem-phuc-vu/moi${query({ 'co-quan': agency, 'dich-vu': sector })}`,
  placeSetup: (code: string, sector?: string) => `/diem-phuc-vu/${code}/thiet-lap${query({ 'dich-vu': sector })}`,
  placeHours: (code: string) => `/diem-phuc-vu/${code}/gio-lam-viec`,
  placeOwnDays: (code: string) => `/diem-phuc-vu/${code}/ngay-rieng`,
  placeOrder: (code: string) => `/diem-phuc-vu/${code}/thu-tu`,
  placeCode: (code: string) => `/diem-phuc-vu/${code}/ma`,
  importPlaces: '/diem-phuc-vu/nhap-tep',
  placesTemplate: '/diem-phuc-vu/mau.xlsx',
  /** Every open place as a table that can be filled in further and brought back. */
  placesFile: '/diem-phuc-vu/danh-sach.xlsx',
  agencies: '/co-quan',
  newAgency: '/co-quan/moi',
  coordinatingAgency: '/co-quan/dieu-phoi',
  agency: (code: string) => `/co-quan/${code}`,
  agencyOrder: (code: string) => `/co-quan/${code}/thu-tu`,
  firstRun: '/bat-dau',
  questionnaires: '/bo-cau-hoi',
  questionnaire: (code: string, version: number) => `/bo-cau-hoi/${code}/${version}`,
  reviewTranslation: (code: string, version: number) => `/bo-cau-hoi/${code}/${version}/duyet-ban-dich`,
  questionnaireDiff: (code: string, version: number, than: number) => `/bo-cau-hoi/${code}/${version}/so-voi/${than}`,
  draftQuestionnaire: (code: string, saved?: string) => `/bo-cau-hoi/${code}/ban-thao${query({ luu: saved })}`,
  previewDraft: (code: string, shown: { lang?: string; id?: string } = {}) =>
    `/bo-cau-hoi/${code}/ban-thao/xem-thu${query(shown)}`,
  /** Its sentences as somebody reads them, in a language; of them a section. */
  recordings: (code: string, shown: Partial<Record<'lang' | 'phan' | 'luu', string | undefined>> = {}) =>
    `/bo-cau-hoi/${code}/ban-ghi${query(shown)}`,
  /** One of them for whoever keeps them, also one that citizens do not hear any more. */
  recordedFile: (address: string) => `/bo-cau-hoi/ban-ghi/${address}`,
  recording: (set: string, key: string) => `/am-thanh/${set}/${key}`,
  publishQuestionnaire: (code: string, version: number) => `/bo-cau-hoi/${code}/${version}/ban-hanh`,

  translations: (imported?: string) => `/ban-dich${query({ nhap: imported })}`,
  /** A part of the texts; of it a section, or those not yet reviewed. */
  translationPart: (part: string, shown: { phan?: string | undefined; loc?: string | undefined; luu?: string } = {}) =>
    `/ban-dich/phan/${part}${query(shown)}`,
  translationFile: '/ban-dich/tieng-khmer.xlsx',
  importTranslations: '/ban-dich/nhap-tep',

  /** The list with the form for a kind of report. */
  makeReport: (kind: string) => `/bao-cao${query({ lap: kind })}#lap`,
  reports: (kind?: string, year?: string) => `/bao-cao${query({ loai: kind, nam: year })}`,
  report: (id: number) => `/bao-cao/${id}`,
  reportParagraphs: (id: number) => `/bao-cao/${id}/doan-van`,
  refreshReport: (id: number) => `/bao-cao/${id}/so-lieu-moi`,
  approveReport: (id: number) => `/bao-cao/${id}/duyet`,
  publishReport: (id: number) => `/bao-cao/${id}/cong-bo`,
  correctReport: (id: number) => `/bao-cao/${id}/dinh-chinh`,
  compareReports: (id: number, than: number) => `/bao-cao/${id}/so-voi/${than}`,
  verifyReport: (id: number) => `/bao-cao/${id}/kiem-tra`,
  reportWord: (id: number) => `/bao-cao/${id}/word.docx`,
  reportPdf: (id: number) => `/bao-cao/${id}/pdf`,
  reportSheet: (id: number) => `/bao-cao/${id}/xlsx`,

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

  exports: (asked: ExportLink = {}) => `/xuat-du-lieu${query(asked)}`,
  exportFile: (asked: ExportLink = {}) => `/xuat-du-lieu/tai-ve${query(asked)}`,
  codebook: (asked: ExportLink = {}) => `/xuat-du-lieu/bang-ma.html${query(asked)}`,
  codebookFile: (asked: ExportLink = {}) => `/xuat-du-lieu/bang-ma.csv${query(asked)}`,

  audit: (filter: { nguoi?: string; nhom?: string; tim?: string; tu?: string; den?: string; truoc?: string } = {}) =>
    `/nhat-ky${query(filter)}`,
  auditFile: (filter: { nguoi?: string; nhom?: string; tim?: string; tu?: string; den?: string } = {}) =>
    `/nhat-ky/tai-ve.csv${query(filter)}`,
  system: '/he-thong',

  api: {
    openapi: '/api/openapi.json',
    province: (period?: string) => `/api/province/v1/indicators${query({ period })}`,
    responses: '/api/responses',
    tickets: '/api/tickets',
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
  screen: '/s/:code/man-hinh',
  spareSurvey: '/s/:code/du-phong',
  ticket: '/p/:code',
  counters: '/q/:agency',
  enrolDevice: '/thiet-bi/:token',
  placeTickets: '/phieu-mot-lan/:code',
  giveTicket: '/phieu-mot-lan/:code/phat',
  printTicket: '/phieu-mot-lan/:code/in',
  makeTickets: '/phieu-mot-lan/:code/to-phieu',
  revokeTickets: '/phieu-mot-lan/:code/:id/thu-hoi',
  placeDevices: '/diem-phuc-vu/:code/thiet-bi',
  revokeDevice: '/diem-phuc-vu/:code/thiet-bi/:id/thu-hoi',
  receiptLine: '/s/:code/cam-on/:receipt/so-cai',
  receiptLineFile: '/s/:code/cam-on/:receipt/so-cai/kiem-tra.html',
  receiptProof: '/s/:code/cam-on/:receipt/so-cai/phieu.tlog-proof',
  ledgerTile: '/so-cai/tile/*',
  reply: '/tra-loi/:receipt',
  askAboutData: '/tra-loi/:receipt/du-lieu',
  asset: '/assets/*',
  invitation: '/moi/:token',
  staffMember: '/can-bo/:username',
  staffStanding: '/can-bo/:username/trang-thai',
  staffLink: '/can-bo/:username/lien-ket',
  place: '/diem-phuc-vu/:code',
  placeQr: '/diem-phuc-vu/:code/qr.svg',
  placeSetup: '/diem-phuc-vu/:code/thiet-lap',
  placeHours: '/diem-phuc-vu/:code/gio-lam-viec',
  placeOwnDays: '/diem-phuc-vu/:code/ngay-rieng',
  placeOrder: '/diem-phuc-vu/:code/thu-tu',
  placeCode: '/diem-phuc-vu/:code/ma',
  agency: '/co-quan/:code',
  agencyOrder: '/co-quan/:code/thu-tu',
  posters: '/diem-phuc-vu/to-dan.pdf',
  questionnaire: '/bo-cau-hoi/:code/:version',
  reviewTranslation: '/bo-cau-hoi/:code/:version/duyet-ban-dich',
  todayPlace: '/hom-nay/:code',
  wall: '/board/:agency',
  wallLive: '/board/:agency/live',
  wallCode: '/board/:agency/ma.svg',
  morningPicture: '/buoi-sang/:agency/anh.png',
  questionnaireDiff: '/bo-cau-hoi/:code/:version/so-voi/:than',
  draftQuestionnaire: '/bo-cau-hoi/:code/ban-thao',
  previewDraft: '/bo-cau-hoi/:code/ban-thao/xem-thu',
  recordings: '/bo-cau-hoi/:code/ban-ghi',
  recordedFile: '/bo-cau-hoi/ban-ghi/:address',
  recording: '/am-thanh/:set/:key',
  publishQuestionnaire: '/bo-cau-hoi/:code/:version/ban-hanh',
  translationPart: '/ban-dich/phan/:part',
  indicator: '/chi-tieu/:code',
  signPattern: '/phieu-de-rieng/dau-hieu/:id',
  reopenPattern: '/phieu-de-rieng/dau-hieu/:id/xet-lai',
  reviewDecision: '/phieu-de-rieng/quyet-dinh/:decision',
  undoReview: '/phieu-de-rieng/quyet-dinh/:decision/hoan-lai',
  changeIndicator: '/chi-tieu/:code/sua',
  case: '/y-kien/:id',
  revealCase: '/y-kien/:id/xem',
  improvement: '/y-kien/da-lam/:id',
  rightsRequest: '/y-kien/yeu-cau-du-lieu/:id',
  report: '/bao-cao/:id',
  reportParagraphs: '/bao-cao/:id/doan-van',
  refreshReport: '/bao-cao/:id/so-lieu-moi',
  approveReport: '/bao-cao/:id/duyet',
  publishReport: '/bao-cao/:id/cong-bo',
  correctReport: '/bao-cao/:id/dinh-chinh',
  compareReports: '/bao-cao/:id/so-voi/:than',
  verifyReport: '/bao-cao/:id/kiem-tra',
  reportWord: '/bao-cao/:id/word.docx',
  reportPdf: '/bao-cao/:id/pdf',
  reportSheet: '/bao-cao/:id/xlsx',
  wave: '/dot-khao-sat/:id',
  closeWave: '/dot-khao-sat/:id/ket-thuc',
  enterForms: '/dot-khao-sat/:id/nhap-phieu',
  checkForms: '/dot-khao-sat/:id/nhap-kiem-tra',
  paperForm: '/dot-khao-sat/:id/phieu-giay',
  apiQuestionnaire: '/api/places/:code/questionnaire',
  agencyResults: '/ket-qua/:agency',
  publicReport: '/ket-qua/bao-cao/:id',
  publicReportFile: '/ket-qua/bao-cao/:id/:file',
  openDataFile: '/du-lieu-mo/v1/:file',
  revokeApiKey: '/khoa-api/:id/thu-hoi',
} as const

/** Each part narrows the list; `after` is where a further page begins. */
export type CaseLinkFilter = Partial<Record<'tab' | 'place' | 'theme' | 'kind' | 'mine' | 'after', string>>

/** A period of the board, the order of its places and the part of it. */
export type TodayLink = Partial<Record<'ngay' | 'tu' | 'den' | 'xep' | 'phan', string | undefined>>

/** Which responses to export and how; places with commas between. */
export type ExportLink = Partial<Record<'bo' | 'tu' | 'den' | 'diem' | 'dang' | 'y-kien', string | undefined>>

/** Vietnamese is what an address without a language means. */
const chosenLanguage = (lang: string | undefined) => (lang === 'vi' ? undefined : lang)

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length ? `?${new URLSearchParams(given)}` : ''
}
