import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * `import createWorker from './x?nodeWorker'` is electron-vite's; a test puts a factory of its own in its place
 * (`vi.mock('…/x?nodeWorker')`) or drives the engine without a thread.
 */
const nodeWorkerStub: Plugin = {
  name: 'node-worker-stub',
  enforce: 'pre',
  resolveId: (id) => (/[?&]nodeWorker$/.test(id) ? `\0${id}` : null),
  load: (id) =>
    /^\0.*nodeWorker$/.test(id)
      ? `export default () => { throw new Error(${JSON.stringify(`${id.slice(1)} is not built in tests`)}) }`
      : null,
}

const shared = {
  plugins: [nodeWorkerStub, vue()],
  resolve: {
    alias: [
      { find: '@shared', replacement: here('src-shared') },
      // The real package looks for its binary, and would download it, when it is imported.
      { find: /^electron$/, replacement: here('tests/support/electron-stub.ts') },
      // Needs a real browser; components are tested with what they tell the editor, the editor itself end to end.
      { find: /^monaco-editor(\/.*)?$/, replacement: here('tests/support/monaco-stub.ts') },
    ],
  },
}

const common = {
  retry: 0,
  restoreMocks: true,
  unstubGlobals: true,
  // Imports `electron` itself, so it has to pass through the alias too.
  server: { deps: { inline: ['electron-store'] } },
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        ...shared,
        test: {
          ...common,
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          // Tests of the page start with `// @vitest-environment happy-dom`.
          environment: 'node',
          pool: 'threads',
          // Property tests make thousands of cases: a busy machine needs its time for them.
          testTimeout: 20_000,
        },
      },
      {
        ...shared,
        test: {
          ...common,
          name: 'broker',
          include: ['tests/broker/**/*.test.ts'],
          environment: 'node',
          // A process a file: brokers and clients are children of it and end with it.
          pool: 'forks',
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
    ],
  },
})
