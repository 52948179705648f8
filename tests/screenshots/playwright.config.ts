import { defineConfig } from '@playwright/test'

/** Makes the pictures of README and docs: npm run screenshots. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  timeout: 120_000,
  workers: 1,
  retries: 0,
  outputDir: '../../out/test-results',
})
