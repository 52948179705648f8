import { binOf, ensurePackages } from './packages.mjs'
import { run } from './run.mjs'
import { withApp } from './with-app.mjs'

/**
 * Runs a Playwright suite against the built app: makes sure of packages, runtime, build and display, then hands over.
 * @param {string} config the suite's configuration, from the repo's root
 * @param {string[]} args passed on to Playwright
 * @returns {Promise<number>} Playwright's exit code
 */
export async function runPlaywright(config, args) {
  await ensurePackages()
  return withApp(async (env) => {
    const { code } = await run(process.execPath, [binOf('@playwright/test'), 'test', '-c', config, ...args], { env })
    return code
  })
}
