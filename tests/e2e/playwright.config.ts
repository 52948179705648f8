import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Each test starts an app of its own; two fill the two cores that CI has.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  outputDir: '../../out/test-results',
  use: { trace: 'off' },
})
