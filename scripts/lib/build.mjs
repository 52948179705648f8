import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Problem, say } from './command.mjs'
import { withLock } from './lock.mjs'
import { binOf, checkoutId } from './packages.mjs'
import { repoRoot } from './paths.mjs'
import { run } from './run.mjs'

const stampFile = path.join(repoRoot, 'out', '.build-stamp')
const BUILD_LIMIT_MS = 10 * 60_000

const isSource = (name) =>
  name.startsWith('src-') ||
  name === 'resources' ||
  /^(package(-lock)?|tsconfig.*)\.json$|^(electron\.)?vite\.config\./.test(name)

/** A hash of every source file's name, size and time: a few milliseconds, and no edit goes unnoticed. */
function sourceStamp() {
  const hash = createHash('sha256')
  const add = (place) => {
    const stats = statSync(path.join(repoRoot, place), { throwIfNoEntry: false })
    if (stats?.isDirectory()) {
      for (const name of readdirSync(path.join(repoRoot, place)).sort()) add(path.join(place, name))
    } else if (stats) {
      hash.update(`${place}\0${stats.size}\0${stats.mtimeMs}\n`)
    }
  }
  for (const name of readdirSync(repoRoot).filter(isSource).sort()) add(name)
  return hash.digest('hex')
}

function isBuilt() {
  const { main } = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'))
  const parts = [main, 'out/preload', 'out/renderer/index.html', stampFile]
  if (!parts.every((part) => existsSync(path.resolve(repoRoot, part)))) return false
  return readFileSync(stampFile, 'utf8') === sourceStamp()
}

/** Marks out/ as not to be relied on: `electron-vite dev` writes its own kind of build into it. */
export function forgetBuild() {
  rmSync(stampFile, { force: true })
}

/**
 * Builds the app into out/ when its sources have changed since the last build.
 * @param {{ force?: boolean, output?: 'keep' | 'show' }} [options] output: the bundler's own words, always or only on failure
 */
export async function ensureBuild({ force = false, output = 'keep' } = {}) {
  if (!force && isBuilt()) return
  await withLock(`build-${checkoutId()}`, async () => {
    if (!force && isBuilt()) return
    say('Building…')
    // Taken before the build, so that an edit made meanwhile leads to another one.
    const stamp = sourceStamp()
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
