// Runs the end-to-end tests against the built app. Arguments go to Playwright: npm run test:e2e -- -g publish
import { runCommand } from './lib/command.mjs'
import { runPlaywright } from './lib/playwright.mjs'

await runCommand(() => runPlaywright('tests/e2e/playwright.config.ts', process.argv.slice(2)))
