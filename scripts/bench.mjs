// Measures Pubscope beside raw MQTT.js and mosquitto_sub: npm run bench -- [ingest topics acl app] [--quick] …; see --help
import { buildBenchProgram } from './lib/bench-programs.mjs'
import { runCommand, say } from './lib/command.mjs'
import { searchPath } from './lib/find-command.mjs'
import { ensurePackages } from './lib/packages.mjs'
import { run } from './lib/run.mjs'
import { withApp } from './lib/with-app.mjs'

/** Longer than any healthy run of all benchmarks, so that one that hangs is stopped. */
const LIMIT_MS = 45 * 60_000

function measuresApp(args) {
  const names = args.filter((arg) => ['ingest', 'topics', 'acl', 'app'].includes(arg))
  return !args.some((arg) => arg === '--readme' || arg === '--help') && (names.length === 0 || names.includes('app'))
}

await runCommand(async () => {
  const args = process.argv.slice(2)
  await ensurePackages()
  const program = await buildBenchProgram('main')
  const start = async (env) => {
    const { code, timedOut } = await run(process.execPath, [program, ...args], { env, timeoutMs: LIMIT_MS })
    if (timedOut) say(`✖ The benchmarks did not finish within ${LIMIT_MS / 60_000} minutes and were stopped.`)
    return code
  }
  return measuresApp(args) ? withApp(start) : start({ ...process.env, PATH: searchPath() })
})
