// Sets up everything on a fresh machine and starts Pubscope: npm start -- [the app's arguments]
import { appArguments, resolvePaths } from './lib/app-arguments.mjs'
import { ensureBuild } from './lib/build.mjs'
import { runCommand, say } from './lib/command.mjs'
import { hasDisplay, startDisplay } from './lib/display.mjs'
import { ensurePackages } from './lib/packages.mjs'
import { run } from './lib/run.mjs'
import { findRuntime, runtimeEnv } from './lib/runtime.mjs'
import { ensureSystem, warnAboutSandbox } from './lib/system.mjs'

await runCommand(async () => {
  await ensurePackages()
  const runtime = await findRuntime()
  await ensureBuild()
  const virtual = !hasDisplay()
  await ensureSystem({ executable: runtime.executable, display: virtual })
  warnAboutSandbox()

  // INIT_CWD is where the user ran npm; npm itself changes to the repo.
  const userWords = resolvePaths(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  const { args, notes } = appArguments(userWords)
  notes.forEach(say)
  const display = virtual ? await startDisplay('1440x900') : null
  // The arguments are never printed: a broker's URL may carry a password.
  say('Starting Pubscope…')
  try {
    // Signals go to the main process alone, so that it ends its windows in good order; its exit code becomes ours.
    const { code } = await run(runtime.executable, args, {
      stdio: 'inherit',
      env: { ...runtimeEnv(runtime), ...display?.env },
      group: false,
      ignoreInterrupt: true,
    })
    return code
  } finally {
    await display?.stop()
  }
})
