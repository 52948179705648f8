// The ACL tester's command line: npm run -s acl -- --help. Makes what it needs, and says so on stderr; stdout is the command's alone.
import { createRequire } from 'node:module'
import { cliProgram, isCliBuilt } from './lib/source-stamp.mjs'

/** Everything for a build is loaded only when there is one to do: scripts run this command for every question they have. */
async function build() {
  const [{ runCommand }, { ensurePackages }, { ensureCliBuild }] = await Promise.all([
    import('./lib/command.mjs'),
    import('./lib/packages.mjs'),
    import('./lib/cli-build.mjs'),
  ])
  await runCommand(async () => {
    await ensurePackages()
    await ensureCliBuild()
  })
}

if (!isCliBuilt()) await build()
// npm starts scripts in the repo's root; the files that are named lie where the user is.
const { npm_lifecycle_event: script, INIT_CWD: startedIn } = process.env
if (script === 'acl' && startedIn) process.chdir(startedIn)
// A build that failed has set the exit code and said why.
if (!process.exitCode) createRequire(import.meta.url)(cliProgram)
