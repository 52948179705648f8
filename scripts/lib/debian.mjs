import { execFileSync } from 'node:child_process'
import { Problem, say } from './command.mjs'
import { findCommand } from './find-command.mjs'
import { run } from './run.mjs'

const isRoot = () => process.getuid?.() === 0

/** apt-get with what it takes to run it unattended, or null when this user may not install anything. */
function aptGet() {
  if (!findCommand('apt-get')) return null
  if (isRoot()) return ['apt-get']
  // On a CI machine installing is expected, if sudo works without a password. A person is asked instead.
  if (!process.env.CI || !findCommand('sudo')) return null
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' })
    return ['sudo', '-n', 'apt-get']
  } catch {
    return null
  }
}

/** Newer Debian and Ubuntu releases carry some libraries under a name that ends in t64. */
function nameHere(name) {
  try {
    const shown = execFileSync('apt-cache', ['policy', name, `${name}t64`], { encoding: 'utf8' })
    const available = shown.split(/^(?=\S)/m).filter((part) => !/Candidate: \(none\)/.test(part))
    const names = available.map((part) => part.slice(0, part.indexOf(':')))
    return names.includes(name) || !names.includes(`${name}t64`) ? name : `${name}t64`
  } catch {
    return name
  }
}

/**
 * Installs Debian packages when this user may, else says which command would.
 * @param {string[]} names
 * @param {string} reason what is missing, for the message
 */
export async function installDebianPackages(names, reason) {
  const apt = aptGet()
  if (!apt) {
    const packages = names.map(nameHere).join(' ')
    throw new Problem(reason, {
      why: findCommand('apt-get')
        ? 'Only root can install packages.'
        : "They have to come from your system's package manager.",
      next: findCommand('apt-get')
        ? `sudo apt-get update && sudo apt-get install -y ${packages}`
        : `Install what Debian calls: ${packages}`,
    })
  }
  const [command, ...prefix] = apt
  const call = (...args) =>
    run(command, [...prefix, '-o', 'DPkg::Lock::Timeout=300', ...args], {
      output: 'keep',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  say(`${reason} Installing Debian packages…`)
  // A stale list names versions that are gone. Its failure is not the end: the list at hand may do.
  const update = await call('update', '-qq')
  const packages = names.map(nameHere)
  say(`  apt-get install ${packages.join(' ')}`)
  const install = await call('install', '-y', '-qq', '--no-install-recommends', ...packages)
  if (install.code === 0) return
  throw new Problem('The Debian packages could not be installed.', {
    details: `${update.output}${install.output}`,
    why: `"apt-get install" ended with code ${install.code}; its own words are above.`,
    next: `Install them by hand, then run the same command again: apt-get install -y ${packages.join(' ')}`,
  })
}
