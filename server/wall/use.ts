import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { serveWall, type WallParts } from './routes.ts'

/** The screens on the walls of agencies. */
export async function useWall(app: FastifyInstance, house: Omit<WallParts, 'wallAssets'> & Pick<House, 'files'>) {
  const wallAssets = { styleHref: house.files.href('wall.css'), scriptHref: house.files.href('wall.js') }
  await serveWall(app, { ...house, wallAssets })
}
