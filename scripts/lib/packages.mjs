import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Problem, say } from './command.mjs'
import { withLock } from './lock.mjs'
import { repoRoot } from './paths.mjs'
import { run } from './run.mjs'

const readJson = (...parts) => JSON.parse(readFileSync(path.join(repoRoot, ...parts), 'utf8'))

/** npm's `os` and `cpu` lists: names, or names to exclude with a "!" in front. */
function allows(list, value) {
  if (!list) return true
  return list.includes(value) || (list.every((item) => item.startsWith('!')) && !list.includes(`!${value}`))
}

/**
 * Whether node_modules holds what package-lock.json names. npm keeps its own record of what it installed, written last,
 * so an interrupted install has none and a hand-made `npm install` counts like ours.
 */
function isInstalled() {
  const recordFile = path.join('node_modules', '.package-lock.json')
  if (!existsSync(path.join(repoRoot, recordFile))) return false
  const installed = readJson(recordFile).packages
  const wanted = readJson('package-lock.json').packages
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '') continue
    const found = installed[place]
    // Optional packages of other platforms are named in the lock file but not installed.
    if (!found && entry.optional) continue
    if (!found || found.version !== entry.version || found.integrity !== entry.integrity) return false
    // A node_modules that was copied from another kind of machine.
    if (!allows(found.os, process.platform) || !allows(found.cpu, process.arch)) return false
    if (!existsSync(path.join(repoRoot, place))) return false
  }
  return Object.keys(installed).every((place) => place in wanted)
}

/**
 * How to start npm: through Node and npm's own entry file where that can be found, since a bare `npm` is a shell script
 * on Windows.
 * @param {string[]} args
 * @returns {[command: string, args: string[], options: { shell?: boolean }]}
 */
export function npm(args) {
  const beside = path.dirname(process.execPath)
  const entry = [
    path.basename(process.env.npm_execpath ?? '') === 'npm-cli.js' ? process.env.npm_execpath : '',
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((file) => file && existsSync(file))
  return entry ? [process.execPath, [entry, ...args], {}] : ['npm', args, { shell: process.platform === 'win32' }]
}

/**
 * The JavaScript file behind a command of an installed package, to be run with process.execPath.
 * @param {string} packageName
 * @param {string} [command] defaults to the package's only or first command
 * @returns {string}
 */
export function binOf(packageName, command) {
  const folder = path.join('node_modules', ...packageName.split('/'))
  const { bin } = readJson(folder, 'package.json')
  const file = typeof bin === 'string' ? bin : bin[command ?? Object.keys(bin)[0]]
  return path.join(repoRoot, folder, file)
}

/** A name for locks that belong to this checkout only. */
export function checkoutId() {
  return createHash('sha256').update(repoRoot).digest('hex').slice(0, 12)
}

/** Installs the packages of package-lock.json when node_modules does not match it. */
export async function ensurePackages() {
  if (!existsSync(path.join(repoRoot, 'package-lock.json'))) {
    throw new Problem('package-lock.json is missing.', { next: 'Restore it from git: git checkout package-lock.json' })
  }
  if (isInstalled()) return
  await withLock(`packages-${checkoutId()}`, async () => {
    if (isInstalled()) return
    say('Installing packages… (about a minute the first time)')
    // --include=dev: everything that builds Pubscope is a devDependency, and NODE_ENV=production would leave them out.
    const [command, args, options] = npm(['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'])
    const { code, output } = await run(command, args, { ...options, output: 'keep' })
    if (code === 0) return
    throw new Problem('The packages could not be installed.', {
      details: output,
      why: `"npm ci" ended with code ${code}; its own words are above.`,
      next: "Check the network and npm's registry setting, then run the same command again.",
    })
  })
}
