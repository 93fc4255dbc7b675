import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { PublicError } from '../errors.ts'

export type Assets = {
  /** The text of a built file, for inlining. */
  text(file: string): string
  /** The address of a built file, with its content's hash: kept by browsers for a year. */
  href(file: string): string
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** Reads everything the build made for the browser; small, so it stays in memory. */
export function loadAssets(): Assets & { serve(app: FastifyInstance): void } {
  const folder = findBuild()
  const files = new Map(
    readdirSync(folder)
      .filter((name) => extname(name) in types)
      .map((name) => [name, readAsset(join(folder, name))]),
  )
  const find = (name: string) => {
    const file = files.get(name)
    if (!file) throw new Error(`the build has no ${name}: run npm run build`)
    return file
  }
  return {
    text: (name) => find(name).bytes.toString(),
    href: (name) => `${links.asset(name)}?v=${find(name).hash}`,
    serve: (app) => {
      app.get<{ Params: { file: string } }>(patterns.asset, (request, reply) => {
        const file = files.get(request.params.file)
        if (!file) throw new PublicError('not_found')
        reply
          .type(file.type)
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('vary', 'accept-encoding')
        if (!file.gzipped || !/\bgzip\b/i.test(request.headers['accept-encoding'] ?? '')) return reply.send(file.bytes)
        return reply.header('content-encoding', 'gzip').send(file.gzipped)
      })
    },
  }
}

function readAsset(path: string) {
  const bytes = readFileSync(path)
  const type = types[extname(path)] as string
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  return { bytes, type, hash, gzipped: type.startsWith('font') ? null : gzipSync(bytes, { level: 9 }) }
}

function findBuild(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  const built = join(folder, 'dist/web')
  if (!existsSync(built)) throw new Error('dist/web is missing: run npm run build')
  return built
}
