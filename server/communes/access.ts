import { boardLinks, boardPatterns } from '../../web/board-links.ts'
import { links } from '../../web/links.ts'
import { type Access, access } from '../staff/access.ts'

/** One decision per address of the board; those of accounts, signing in and the log are the commune's own. */
export const boardAccess: Record<string, Access> = {
  ...access,
  [`GET ${links.health}`]: 'public',
  [`GET ${boardLinks.board()}`]: 'province.read',
  [`GET ${boardPatterns.indicator}`]: 'province.read',
  [`GET ${boardPatterns.commune}`]: 'province.read',
  [`GET ${boardLinks.method}`]: 'province.read',
  [`GET ${boardLinks.csv()}`]: 'province.read',
  [`GET ${boardLinks.workbook()}`]: 'province.read',
  [`GET ${boardLinks.synthesis()}`]: 'province.read',
  [`GET ${boardLinks.communes}`]: 'communes.manage',
  [`POST ${boardLinks.addCommune}`]: 'communes.manage',
  [`POST ${boardLinks.pasteCommunes}`]: 'communes.manage',
  [`POST ${boardLinks.issuer}`]: 'communes.manage',
  [`GET ${boardPatterns.changeCommune}`]: 'communes.manage',
  [`POST ${boardPatterns.changeCommune}`]: 'communes.manage',
  [`POST ${boardPatterns.followCommune}`]: 'communes.manage',
  [`POST ${boardPatterns.pullCommune}`]: 'communes.manage',
}
