import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { say } from './command.mjs'
import { withLock } from './lock.mjs'
import { checkoutId } from './packages.mjs'
import { cacheRoot, repoRoot } from './paths.mjs'
import { run } from './run.mjs'

const packageFolder = path.join(repoRoot, 'node_modules', 'electron')
const WHOLE_DOWNLOAD_MS = 15 * 60_000
/** How long a failed download is remembered, so that the next starts do not wait for it again. */
const FAILURE_KEPT_MS = 6 * 3_600_000

/**
 * Where the executable lies inside a folder of Electron's files.
 * @returns {string}
 */
export function executableInDist() {
  if (process.platform === 'darwin') return path.join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** @returns {string} the version of the electron package, which is the version it downloads */
function officialVersion() {
  return JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version
}

/** The official binary in node_modules, if it is there in full: path.txt is the last file that its installer writes. */
function findInstalled() {
  const dist = path.join(packageFolder, 'dist')
  const executable = path.join(dist, executableInDist())
  const version = officialVersion()
  try {
    if (readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '') !== version) return null
  } catch {
    return null
  }
  if (!existsSync(path.join(packageFolder, 'path.txt')) || !existsSync(executable)) return null
  return { dist, executable, version, source: 'official' }
}

const failureFile = (version) => path.join(cacheRoot(), 'electron', `official-${version}.failed.json`)

/** @returns {{ reason: string, atMs: number } | null} */
function recentFailure(version) {
  try {
    const failure = JSON.parse(readFileSync(failureFile(version), 'utf8'))
    const ageMs = Date.now() - failure.atMs
    return ageMs >= 0 && ageMs < FAILURE_KEPT_MS ? failure : null
  } catch {
    return null
  }
}

function rememberFailure(version, reason) {
  mkdirSync(path.dirname(failureFile(version)), { recursive: true })
  writeFileSync(failureFile(version), JSON.stringify({ atMs: Date.now(), reason }))
}

/** Whether the installer has received anything: it downloads to `temp`, then unpacks into `dist`. */
function showsProgress(temp) {
  if (existsSync(path.join(packageFolder, 'dist'))) return true
  return readdirSync(temp, { recursive: true }).some((name) => {
    const stats = statSync(path.join(temp, name), { throwIfNoEntry: false })
    return stats?.isFile() && stats.size > 0
  })
}

/**
 * Runs the electron package's own installer. Its progress shows in the temporary folder it downloads to, so that folder is
 * made ours: no byte within a few seconds means that the network swallows the request.
 */
async function download(version, firstProgressMs) {
  const temp = mkdtempSync(path.join(os.tmpdir(), 'pubscope-electron-'))
  const env = { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp }
  // The installer would take an overridden folder for its own.
  delete env.ELECTRON_OVERRIDE_DIST_PATH
  if (process.env.HTTPS_PROXY || process.env.https_proxy) env.ELECTRON_GET_USE_PROXY ??= 'true'
  // What an interrupted download left behind would look like progress.
  rmSync(path.join(packageFolder, 'dist'), { recursive: true, force: true })
  try {
    const { code, timedOut, output } = await run(process.execPath, [path.join(packageFolder, 'install.js')], {
      env,
      output: 'keep',
      timeoutMs: WHOLE_DOWNLOAD_MS,
      progress: { withinMs: firstProgressMs, seen: () => showsProgress(temp) },
    })
    if (code === 0 && findInstalled()) return
    const lastWords = output
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.replace(/^\s*\w*Error:\s*/, '')
    const reason = timedOut
      ? 'the network did not answer in time'
      : (lastWords ?? `its installer ended with code ${code}`)
    rememberFailure(version, reason)
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

/**
 * The official Electron of node_modules, downloaded if it can be had soon.
 * @param {{ retry: boolean, firstProgressMs: number }} options
 *   retry: try again although it failed a short while ago; firstProgressMs: how long to wait for the first byte
 * @returns {Promise<{ runtime: import('./runtime.mjs').Runtime | null, reason?: string }>}
 */
export async function officialRuntime({ retry, firstProgressMs }) {
  if (!existsSync(packageFolder)) return { runtime: null, reason: 'the electron package is not installed' }
  const found = findInstalled()
  if (found) return { runtime: found }
  const version = officialVersion()
  const startedAtMs = Date.now()
  await withLock(`electron-official-${checkoutId()}`, async () => {
    const failure = recentFailure(version)
    // One that another command met while this one waited counts even for a retry.
    if (findInstalled() || (failure && (!retry || failure.atMs >= startedAtMs))) return
    say(`Downloading Electron ${version}…`)
    await download(version, firstProgressMs)
  })
  return { runtime: findInstalled(), reason: recentFailure(version)?.reason }
}
