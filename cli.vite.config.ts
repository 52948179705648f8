import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = (path: string): string => resolve(import.meta.dirname, path)

/** Bundles the command line into one plain Node program that needs no package beside it. */
export default defineConfig({
  root: here('src-cli'),
  resolve: { alias: { '@shared': here('src-shared') } },
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node18.15',
    outDir: here('out/cli'),
    emptyOutDir: true,
    rolldownOptions: {
      input: { 'pubscope-acl': here('src-cli/main.ts') },
      output: { format: 'cjs', entryFileNames: '[name].js' },
    },
  },
})
