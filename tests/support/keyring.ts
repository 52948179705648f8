import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from './child'
import { waitUntil } from './wait-until'

/** A keyring as desktops have it, with a message bus and files of its own. */
export interface Keyring {
  /** What a program must be started with to find it. */
  readonly env: Readonly<Record<string, string>>
  /** The switch that makes Chromium ask this kind of keyring, whatever desktop it believes to be on. */
  readonly args: readonly string[]
  stop(): Promise<void>
}

/** Starts a session bus and gnome-keyring on it, unlocked. */
export async function startKeyring(): Promise<Keyring> {
  const home = mkdtempSync(join(tmpdir(), 'pubscope-keyring-'))
  const runtime = join(home, 'runtime')
  mkdirSync(runtime, { mode: 0o700 })
  const folders = { XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'data') }
  const bus = await startChild('dbus-daemon', ['--session', '--nofork', '--print-address=1'], folders)
  const address = await waitUntil(() => /^\S+/.exec(bus.stdout().toString())?.[0], { what: () => `a bus; it said: ${bus.stderr()}` })
  const env = { ...folders, DBUS_SESSION_BUS_ADDRESS: address }
  const daemon = await startChild('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], env)
  daemon.stdin.end('unlocked')
  const login = join(folders.XDG_DATA_HOME, 'keyrings', 'login.keyring')
  await waitUntil(() => existsSync(login) && answers(env), { what: () => `a keyring; it said: ${daemon.stderr()}` })
  return {
    env,
    args: ['--password-store=gnome-libsecret'],
    async stop() {
      await daemon.kill()
      await bus.kill()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Whether somebody on the bus answers as the keyring. */
function answers(env: Readonly<Record<string, string>>): boolean {
  const question = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner']
  const asked = spawnSync('dbus-send', [...question, 'string:org.freedesktop.secrets'], { env: { ...process.env, ...env } })
  return asked.stdout.includes('boolean true')
}
