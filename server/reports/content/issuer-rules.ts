import type { Sector } from '../../catalogue/contract.ts'
import type { Issuer } from '../input/contract.ts'

/** The one commune this installation serves, as its documents name it. */
const commune = { communeName: 'Vĩnh Thuận', commune: 'xã Vĩnh Thuận', province: 'tỉnh An Giang' }

/** Who measures each sector by the commune's plan; used where the agency asked for is unknown. */
const bodies: Record<Sector, string> = {
  administrative: 'Trung tâm Phục vụ hành chính công',
  health: 'Trạm Y tế',
  education: 'Phòng Văn hóa - Xã hội',
}

export function issuerOf(sector: Sector, name: string | undefined): Issuer {
  return { ...commune, name: name ?? bodies[sector], above: `Ủy ban nhân dân ${commune.commune}` }
}
