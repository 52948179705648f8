// Measures Pubscope beside raw MQTT.js and mosquitto_sub: npm run bench -- [ingest topics app] [--quick] …; see --help
import { buildBenchPrograms } from './lib/bench-programs.mjs'
import { runCommand, say } from './lib/command.mjs'
import { hasDisplay, startDisplay } from './lib/display.mjs'
import { ensureBuild } from './lib/build.mjs'
import { searchPath } from './lib/find-command.mjs'
import { ensurePackages } from './lib/packages.mjs'
import { run } from './lib/run.mjs'
import { findRuntime, runtimeEnv } from './lib/runtime.mjs'
import { ensureSystem } from './lib/system.mjs'

/** Longer than any healthy run of all benchmarks, so that one that hangs is stopped. */
const LIMIT_MS = 45 * 60_000

/** What the real app needs: a runtime, a build, somewhere to open its window. */
async function appEnvironment() {
  const runtime = await findRuntime()
  await ensureBuild()
  const virtual = !hasDisplay()
  await ensureSystem({ executable: runtime.executable, display: virtual })
  const display = virtual ? await startDisplay('1920x1080') : null
  return { env: { ...runtimeEnv(runtime), ...display?.env }, stop: async () => display?.stop() }
}

function measuresApp(args) {
  const names = args.filter((arg) => ['ingest', 'topics', 'app'].includes(arg))
  return !args.some((arg) => arg === '--readme' || arg === '--help') && (names.length === 0 || names.includes('app'))
}

await runCommand(async () => {
  const args = process.argv.slice(2)
  await ensurePackages()
  const program = await buildBenchPrograms()
  const app = measuresApp(args) ? await appEnvironment() : { env: process.env, stop: async () => undefined }
  try {
    const env = { ...app.env, PATH: searchPath() }
    const { code, timedOut } = await run(process.execPath, [program, ...args], { env, timeoutMs: LIMIT_MS })
    if (timedOut) say(`✖ The benchmarks did not finish within ${LIMIT_MS / 60_000} minutes and were stopped.`)
    return code
  } finally {
    await app.stop()
  }
})
