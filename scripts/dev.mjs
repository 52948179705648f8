// Runs Pubscope with hot reload: npm run dev -- [the app's arguments]
import { resolvePaths } from './lib/app-arguments.mjs'
import { forgetBuild } from './lib/build.mjs'
import { runCommand, say } from './lib/command.mjs'
import { hasDisplay, startDisplay } from './lib/display.mjs'
import { binOf, ensurePackages } from './lib/packages.mjs'
import { run } from './lib/run.mjs'
import { findRuntime, runtimeEnv } from './lib/runtime.mjs'
import { ensureSystem, warnAboutSandbox } from './lib/system.mjs'

await runCommand(async () => {
  await ensurePackages()
  const runtime = await findRuntime()
  const virtual = !hasDisplay()
  await ensureSystem({ executable: runtime.executable, display: virtual })
  warnAboutSandbox()
  const env = runtimeEnv(runtime)
  if (process.platform === 'linux' && process.getuid() === 0) {
    say("Running as root: Chromium's sandbox is off (--no-sandbox).")
    env.NO_SANDBOX = '1'
  }
  forgetBuild()
  const display = virtual ? await startDisplay('1440x900') : null
  const words = resolvePaths(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  try {
    const { code } = await run(
      process.execPath,
      [binOf('electron-vite'), 'dev', ...(words.length > 0 ? ['--', ...words] : [])],
      {
        stdio: 'inherit',
        env: { ...env, ...display?.env },
      },
    )
    return code
  } finally {
    await display?.stop()
  }
})
