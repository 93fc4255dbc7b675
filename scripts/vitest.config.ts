import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/fixtures/global-setup.ts'],
    testTimeout: 120_000,
    // What is waited for comes as late as the machine is busy; a promise broken is one that never comes.
    expect: { poll: { timeout: 60_000, interval: 100 } },
    hookTimeout: 120_000,
    // Two cores: more workers than that only make browsers and databases wait for each other.
    maxWorkers: 2,
    reporters: ['default'],
  },
})
