import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from '../tests/fixtures/longest-first.ts'

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
    // For two cores: a worker waits a third of its time, for a browser, a database or a process of its own.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // A worker keeps what it has loaded: 700 modules anew for each of 150 files were a tenth of all work. The modules hold
    // nothing that one file could leave to the next but what is read or computed once.
    isolate: false,
    unstubEnvs: true,
    reporters: ['default'],
  },
})
