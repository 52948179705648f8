import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from './child'
import { waitUntil } from './wait-until'

/** A Mosquitto that holds one access control file against the clients of one socket, and nothing against those of the other. */
export interface AclBroker {
  /** Of the clients that the file is about. */
  readonly socket: string
  /** Of those who may do everything. */
  readonly freeSocket: string
  log(): string
  /** Reads the file anew, with these bytes in it. */
  reload(file: Uint8Array): void
  stop(): Promise<void>
}

/** What the broker said of a file that it did not start with. */
export interface Refusal {
  readonly refusedWith: string
}

/** Starts a real Mosquitto with a file of these bytes. */
export async function startAclBroker(file: Uint8Array): Promise<AclBroker | Refusal> {
  const dir = mkdtempSync(join(tmpdir(), 'pubscope-acl-'))
  const removeFiles = () => { rmSync(dir, { recursive: true, force: true }) }
  process.once('exit', removeFiles)
  const [aclFile, configFile, socket, freeSocket] = ['acl', 'conf', 'listed', 'free'].map((name) => join(dir, name)) as [string, string, string, string]
  writeFileSync(aclFile, file, { mode: 0o600 })
  writeFileSync(configFile, configuration(aclFile, socket, freeSocket))
  const child = await startChild('mosquitto', ['-c', configFile])
  await waitUntil(() => child.ending() !== null || /mosquitto version \S+ running/.test(child.stderr()), {
    timeoutMs: 20_000,
    what: () => `Mosquitto to start; it said:\n${child.stderr()}`,
  })

  async function stop(): Promise<void> {
    await child.kill('SIGKILL')
    removeFiles()
    process.off('exit', removeFiles)
  }

  if (child.ending() !== null) {
    await stop()
    return { refusedWith: child.stderr() }
  }
  return {
    socket,
    freeSocket,
    log: () => child.stderr(),
    reload(bytes) {
      writeFileSync(aclFile, bytes)
      process.kill(child.pid, 'SIGHUP')
    },
    stop,
  }
}

const configuration = (aclFile: string, socket: string, freeSocket: string): string => `per_listener_settings true
${process.getuid?.() === 0 ? 'user root' : ''}
log_dest stderr
log_type error
log_type warning
log_type information
max_inflight_messages 0
max_queued_messages 0
listener 0 ${socket}
allow_anonymous true
acl_file ${aclFile}
listener 0 ${freeSocket}
allow_anonymous true
`
