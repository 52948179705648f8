import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import vue from '@vitejs/plugin-vue'

const shared = { '@shared': resolve(__dirname, 'src-shared') }

// The build targets are those of the oldest runtime Pubscope is started and tested with (Electron 25:
// Node 18.15, Chromium 114); electron-vite would otherwise guess them from the installed package.
const oldestNode = 'node18.15'
const oldestChromium = 'chrome114'

export default defineConfig({
  main: {
    resolve: { alias: shared },
    build: {
      target: oldestNode,
      outDir: 'out/main',
      rolldownOptions: {
        input: { main: resolve(__dirname, 'src-main/main.ts') },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    resolve: { alias: shared },
    build: {
      target: oldestNode,
      outDir: 'out/preload',
      rolldownOptions: {
        input: { index: resolve(__dirname, 'src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: resolve(__dirname, 'src-renderer'),
    resolve: { alias: shared },
    plugins: [vue()],
    build: {
      target: oldestChromium,
      minify: true,
      outDir: resolve(__dirname, 'out/renderer'),
      rolldownOptions: { input: resolve(__dirname, 'src-renderer/index.html') },
    },
  },
})
