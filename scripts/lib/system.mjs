import { execFileSync } from 'node:child_process'
import { Problem, say } from './command.mjs'
import { installDebianPackages } from './debian.mjs'
import { findCommand } from './find-command.mjs'
import { missingLibraries } from './libraries.mjs'

/** A fresh system lacks some thirty libraries: a few names say enough, the packages to install are named in full. */
function summarized(files) {
  return files.length <= 4 ? files : [...files.slice(0, 3), `and ${files.length - 3} more shared libraries`]
}

/**
 * Checks that the system has what the next step needs; on Debian as root (or on CI) installs what is missing.
 * @param {{ executable?: string, display?: boolean, broker?: boolean, keyring?: boolean }} needs
 *   executable: the Electron whose shared libraries must be there; display: a virtual display; broker: Mosquitto;
 *   keyring: gnome-keyring and a message bus, on Linux
 */
export async function ensureSystem({ executable, display = false, broker = false, keyring = false }) {
  const commands = []
  if (display) commands.push(['Xvfb', 'xvfb'])
  if (broker) commands.push(['mosquitto', 'mosquitto'], ['mosquitto_pub', 'mosquitto-clients'], ['openssl', 'openssl'])
  if (keyring && process.platform === 'linux') commands.push(['dbus-send', 'dbus'], ['dbus-daemon', 'dbus'], ['gnome-keyring-daemon', 'gnome-keyring'])
  const missing = commands.filter(([command]) => !findCommand(command))
  if (process.platform !== 'linux') {
    if (missing.length === 0) return
    throw new Problem(`Not found: ${missing.map(([command]) => command).join(', ')}.`, {
      why: 'The broker tests talk to a real Mosquitto.',
      next: 'Install Mosquitto with its clients and put its folder on the PATH (macOS: brew install mosquitto).',
    })
  }
  const libraries = executable ? missingLibraries(executable) : { files: [], packages: [] }
  const packages = [...new Set([...missing.map(([, name]) => name), ...libraries.packages])]
  const names = [...missing.map(([command]) => command), ...summarized(libraries.files)]
  if (names.length === 0) return
  const reason = `This system lacks ${names.join(', ')}.`
  if (packages.length > 0) await installDebianPackages(packages, reason)
  const left = executable ? missingLibraries(executable).files : []
  if (left.length === 0) return
  throw new Problem(`Electron cannot start: these shared libraries are missing: ${left.join(', ')}.`, {
    next: 'Install the packages of your distribution that hold them.',
  })
}

/** Says beforehand what Chromium would only say by crashing: this system forbids its sandbox to ordinary users. */
export function warnAboutSandbox() {
  if (process.platform !== 'linux' || process.getuid() === 0) return
  try {
    execFileSync('unshare', ['--user', 'true'], { stdio: 'ignore' })
  } catch (error) {
    if (error.code === 'ENOENT') return
    say("Note: this system does not let ordinary users make user namespaces, which Chromium's sandbox needs.")
    say('  If Pubscope does not start: allow them (sysctl kernel.apparmor_restrict_unprivileged_userns=0), or, at your')
    say('  own risk, run without the sandbox: npm start -- --no-sandbox')
  }
}
