import { ensureBuild } from './build.mjs'
import { hasDisplay, startDisplay } from './display.mjs'
import { searchPath } from './find-command.mjs'
import { findRuntime, runtimeEnv } from './runtime.mjs'
import { ensureSystem } from './system.mjs'

/**
 * Makes sure of what the real app needs: a runtime, a build, somewhere to open its window.
 * @template Result
 * @param {(env: NodeJS.ProcessEnv) => Promise<Result>} use gets the variables to start it with
 */
export async function withApp(use) {
  const runtime = await findRuntime()
  await ensureBuild()
  const virtual = !hasDisplay()
  await ensureSystem({ executable: runtime.executable, display: virtual })
  const display = virtual ? await startDisplay('1920x1080') : null
  try {
    return await use({ ...runtimeEnv(runtime), ...display?.env, PATH: searchPath() })
  } finally {
    await display?.stop()
  }
}
