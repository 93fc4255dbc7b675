import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { links } from '../../web/links.ts'

export type Assets = {
  /** The text of a built file, for inlining. */
  text(file: string): string
  /** The address of a built file, its content's hash in its name: kept by browsers for a year. */
  href(file: string): string
}

/** What the build made for the browser: texts to inline, files to serve as they were fingerprinted and compressed. */
export function loadAssets(): Assets & { serve(app: FastifyInstance): Promise<void> } {
  const dist = findBuild()
  const names = JSON.parse(readFileSync(join(dist, 'assets.json'), 'utf8')) as Record<string, string>
  const find = (file: string) => {
    const name = names[file]
    if (!name) throw new Error(`the build has no ${file}: run npm run build`)
    return name
  }
  return {
    text: (file) => readFileSync(join(dist, 'web', find(file) && file), 'utf8'),
    href: (file) => links.asset(find(file)),
    serve: async (app) => {
      await app.register(fastifyStatic, {
        root: join(dist, 'assets'),
        prefix: links.asset(''),
        decorateReply: false,
        preCompressed: true,
        immutable: true,
        maxAge: '365d',
        index: false,
        dotfiles: 'ignore',
        // The compressed twins are answers to accept-encoding, not files of their own.
        allowedPath: (path) => !/\.(br|gz)$/.test(path),
        setHeaders: (reply) => reply.header('vary', 'accept-encoding'),
      })
    },
  }
}

function findBuild(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  const dist = join(folder, 'dist')
  if (!existsSync(join(dist, 'assets.json'))) throw new Error('dist/assets.json is missing: run npm run build')
  return dist
}
