import { ensureBuild } from './build.mjs'
import { hasDisplay, startDisplay } from './display.mjs'
import { searchPath } from './find-command.mjs'
import { binOf, ensurePackages } from './packages.mjs'
import { run } from './run.mjs'
import { findRuntime, runtimeEnv } from './runtime.mjs'
import { ensureSystem } from './system.mjs'

/**
 * Runs a Playwright suite against the built app: makes sure of packages, runtime, build and display, then hands over.
 * @param {string} config the suite's configuration, from the repo's root
 * @param {string[]} args passed on to Playwright
 * @returns {Promise<number>} Playwright's exit code
 */
export async function runPlaywright(config, args) {
  await ensurePackages()
  const runtime = await findRuntime()
  await ensureBuild()
  const virtual = !hasDisplay()
  await ensureSystem({ executable: runtime.executable, display: virtual })
  const display = virtual ? await startDisplay('1920x1080') : null
  try {
    const env = { ...runtimeEnv(runtime), ...display?.env, PATH: searchPath() }
    const { code } = await run(process.execPath, [binOf('@playwright/test'), 'test', '-c', config, ...args], { env })
    return code
  } finally {
    await display?.stop()
  }
}
