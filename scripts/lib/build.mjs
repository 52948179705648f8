import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ensureCliBuild } from './cli-build.mjs'
import { Problem, say } from './command.mjs'
import { withLock } from './lock.mjs'
import { binOf, checkoutId } from './packages.mjs'
import { repoRoot } from './paths.mjs'
import { run } from './run.mjs'
import { sourceStamp } from './source-stamp.mjs'

const stampFile = path.join(repoRoot, 'out', '.build-stamp')
const BUILD_LIMIT_MS = 10 * 60_000

const isSource = (name) =>
  (name.startsWith('src-') && name !== 'src-cli') ||
  name === 'resources' ||
  /^(package(-lock)?|tsconfig.*)\.json$|^(electron\.)?vite\.config\./.test(name)

function isBuilt() {
  const { main } = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'))
  const parts = [main, 'out/preload', 'out/renderer/index.html', stampFile]
  if (!parts.every((part) => existsSync(path.resolve(repoRoot, part)))) return false
  return readFileSync(stampFile, 'utf8') === sourceStamp(isSource)
}

/** Marks out/ as not to be relied on: `electron-vite dev` writes its own kind of build into it. */
export function forgetBuild() {
  rmSync(stampFile, { force: true })
}

/**
 * Builds the app and its command line into out/ when its sources have changed since the last build.
 * @param {{ force?: boolean, output?: 'keep' | 'show' }} [options] output: the bundler's own words, always or only on failure
 */
export async function ensureBuild({ force = false, output = 'keep' } = {}) {
  await ensureCliBuild({ force, output })
  if (!force && isBuilt()) return
  await withLock(`build-${checkoutId()}`, async () => {
    if (!force && isBuilt()) return
    say('Building…')
    // Taken before the build, so that an edit made meanwhile leads to another one.
    const stamp = sourceStamp(isSource)
    const outcome = await run(process.execPath, [binOf('electron-vite'), 'build'], {
      output,
      timeoutMs: BUILD_LIMIT_MS,
    })
    if (outcome.code !== 0 || outcome.timedOut) {
      throw new Problem('Pubscope could not be built.', {
        details: outcome.output,
        why: outcome.timedOut
          ? 'electron-vite did not finish in time.'
          : 'electron-vite found an error; its words are above.',
        next: 'Mend the error, then run the same command again.',
      })
    }
    writeFileSync(stampFile, stamp)
  })
}
