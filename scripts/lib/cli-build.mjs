import { writeFileSync } from 'node:fs'
import { Problem, say } from './command.mjs'
import { withLock } from './lock.mjs'
import { binOf, checkoutId } from './packages.mjs'
import { run } from './run.mjs'
import { cliStamp, cliStampFile, isCliBuilt } from './source-stamp.mjs'

const BUILD_LIMIT_MS = 2 * 60_000

/**
 * Bundles the command line when its sources have changed since it was; takes about a second.
 * @param {{ force?: boolean, output?: 'keep' | 'show' }} [options] as those of `ensureBuild`
 */
export async function ensureCliBuild({ force = false, output = 'keep' } = {}) {
  if (!force && isCliBuilt()) return
  await withLock(`build-cli-${checkoutId()}`, async () => {
    if (!force && isCliBuilt()) return
    say('Building the command line…')
    // Taken before the build, so that an edit made meanwhile leads to another one.
    const stamp = cliStamp()
    const args = [binOf('vite'), 'build', '-c', 'cli.vite.config.ts', '--logLevel', 'warn']
    const outcome = await run(process.execPath, args, { output, timeoutMs: BUILD_LIMIT_MS })
    if (outcome.code !== 0 || outcome.timedOut) {
      throw new Problem('The command line could not be built.', {
        details: outcome.output,
        why: outcome.timedOut ? 'Vite did not finish in time.' : 'Vite found an error; its words are above.',
        next: 'Mend the error, then run the same command again.',
      })
    }
    writeFileSync(cliStampFile, stamp)
  })
}
