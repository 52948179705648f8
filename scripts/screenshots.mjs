// Takes the README's screenshots of the built app into docs/screenshots/. Arguments go to Playwright.
import { runCommand } from './lib/command.mjs'
import { runPlaywright } from './lib/playwright.mjs'

await runCommand(() => runPlaywright('tests/screenshots/playwright.config.ts', process.argv.slice(2)))
