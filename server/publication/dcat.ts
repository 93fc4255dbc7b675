import { links } from '../../web/links.ts'
import { type DataTable, dataVersion, licence } from './open-data-contract.ts'
import { communeName, provinceName } from './public-figures.ts'

/** Everything of this place is named by its address. */
export type DcatBasis = { origin: string; from: string; closed: string; modified: string }

const vocabularies = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

const formats = {
  csv: 'https://www.iana.org/assignments/media-types/text/csv',
  json: 'https://www.iana.org/assignments/media-types/application/json',
} as const
/** EU frequency vocabulary: the one that catalogues of open data read. */
const frequencyOf = (name: string) =>
  `http://publications.europa.eu/resource/authority/frequency/${['places', 'questionnaires'].includes(name) ? 'IRREG' : 'DAILY'}`

const typed = (type: string, value: string) => ({ '@type': type, '@value': value })
const vietnamese = (value: string) => ({ '@language': 'vi', '@value': value })

/** The catalogue in W3C DCAT 3, as JSON-LD. */
export function describeCatalogue(tables: DataTable[], basis: DcatBasis) {
  const home = basis.origin + links.openData
  return {
    '@context': vocabularies,
    '@id': `${home}#danh-muc`,
    '@type': 'dcat:Catalog',
    'dct:title': vietnamese(`Dữ liệu mở: mức độ hài lòng của người dân, ${communeName}`),
    'dct:description': vietnamese('Số liệu tổng hợp về mức độ hài lòng, không có dữ liệu cá nhân.'),
    'dct:publisher': publisherOf(basis.origin),
    'dct:license': { '@id': licence.path },
    'dct:language': { '@id': 'http://id.loc.gov/vocabulary/iso639-1/vi' },
    'dct:modified': typed('xsd:dateTime', basis.modified),
    'foaf:homepage': { '@id': home },
    'dcat:dataset': tables.map((table) => describeDataset(table, basis)),
  }
}

const publisherOf = (origin: string) => ({
  '@id': `${origin}${links.openData}#don-vi-cong-bo`,
  '@type': 'foaf:Agent',
  'foaf:name': vietnamese(`Ủy ban nhân dân ${communeName}`),
})

function describeDataset({ name, title, description, modified }: DataTable, basis: DcatBasis) {
  const { origin, from, closed } = basis
  const addressOf = (format: string) => origin + links.openDataFile(`${name}.${format}`)
  return {
    '@id': `${origin}${links.openData}#${name}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': `y-dan-${name}-v${dataVersion}`,
    'dct:title': vietnamese(title),
    'dct:description': vietnamese(description),
    'dct:publisher': publisherOf(origin),
    'dct:license': { '@id': licence.path },
    'dct:modified': typed('xsd:dateTime', modified ?? basis.modified),
    'dct:accrualPeriodicity': { '@id': frequencyOf(name) },
    'dct:spatial': { '@type': 'dct:Location', 'dct:title': vietnamese(`${communeName}, ${provinceName}`) },
    'dct:temporal': {
      '@type': 'dct:PeriodOfTime',
      'dcat:startDate': typed('xsd:date', from),
      'dcat:endDate': typed('xsd:date', closed),
    },
    'dcat:version': dataVersion,
    'dcat:landingPage': { '@id': origin + links.openData },
    'dcat:distribution': (['csv', 'json'] as const).map((format) => ({
      '@id': addressOf(format),
      '@type': 'dcat:Distribution',
      'dct:title': vietnamese(`${title} (${format.toUpperCase()})`),
      'dct:license': { '@id': licence.path },
      'dcat:accessURL': { '@id': origin + links.openData },
      'dcat:downloadURL': { '@id': addressOf(format) },
      'dcat:mediaType': { '@id': formats[format] },
    })),
  }
}
