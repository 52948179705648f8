// Runs the app for minutes under traffic that comes, goes and breaks off: npm run soak -- [--minutes N] [--rate N] [--json FILE]
import { buildBenchProgram } from './lib/bench-programs.mjs'
import { runCommand } from './lib/command.mjs'
import { ensurePackages } from './lib/packages.mjs'
import { run } from './lib/run.mjs'
import { withApp } from './lib/with-app.mjs'

await runCommand(async () => {
  await ensurePackages()
  const program = await buildBenchProgram('soak')
  return withApp(async (env) => (await run(process.execPath, [program, ...process.argv.slice(2)], { env })).code)
})
