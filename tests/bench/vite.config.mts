import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = (path: string): string => resolve(import.meta.dirname, path)

/** Bundles the benchmarks into plain Node programs, as the app's main process is: measured code runs under no test runner. */
export default defineConfig({
  root: here('.'),
  resolve: { alias: { '@shared': here('../../src-shared') } },
  ssr: { noExternal: true, external: ['@playwright/test'] },
  build: {
    ssr: true,
    target: 'node18.15',
    outDir: here('../../out/bench/programs'),
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        main: here('main.ts'),
        soak: here('soak.ts'),
        'soak-blaster': here('processes/soak-blaster.ts'),
        blaster: here('processes/blaster.ts'),
        'reader-receiver': here('processes/reader-receiver.ts'),
        'mqttjs-receiver': here('processes/mqttjs-receiver.ts'),
        'engine-receiver': here('processes/engine-receiver.ts'),
      },
      output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
