import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startChild, type Child } from './child'
import { freePort } from './free-port'
import { waitUntil } from './wait-until'

const run = promisify(execFile)
const START_ATTEMPTS = 5

export interface MosquittoOptions {
  /** Default: a free one. */
  port?: number
  /** Whether it listens for WebSocket too, on a port of its own. */
  webSocket?: boolean
  /** Default: only when there are no `users`. */
  allowAnonymous?: boolean
  /** Name → password. */
  users?: Readonly<Record<string, string>>
  /** The text of an access control file, mosquitto.conf(5). */
  acl?: string
  /** Whether sessions and retained messages survive `restart`; after `kill`, what was saved at the latest change does. */
  persistence?: boolean
  /** Further lines of the configuration, at its end: they belong to the last listener. */
  extraConfig?: string
  /** Its dynamic security: the text of a `dynamic-security.json`, and where the plugin lies. */
  dynamicSecurity?: { readonly plugin: string; readonly text: string }
  /** Lines for the MQTT listener alone, e.g. `max_packet_size 1000`. */
  listenerConfig?: string
  /** Whether the log holds every packet; slow under load. */
  logPackets?: boolean
}

export interface Mosquitto {
  readonly port: number
  readonly wsPort: number | null
  /** `mqtt://127.0.0.1:<port>` */
  readonly url: string
  /** `ws://127.0.0.1:<wsPort>/mqtt`, or null. */
  readonly wsUrl: string | null
  readonly configDir: string
  /** What it logged since it was made, restarts included. */
  log(): string
  /** Ends it as an administrator would (clients of 5.0 get DISCONNECT 0x8B), and removes its files. */
  stop(): Promise<void>
  /** Ends it as a power cut would; `restart` brings it back. */
  kill(): Promise<void>
  /** Ends it if it runs, and starts it again on the same port. Its configuration survives, and sessions with `persistence`. */
  restart(): Promise<void>
}

function configuration(options: MosquittoOptions, dir: string, port: number, wsPort: number | null): string {
  const { users, acl, extraConfig, listenerConfig, dynamicSecurity, logPackets = false } = options
  const { persistence = false } = options
  const { allowAnonymous = users === undefined } = options
  const lines = [
    // Mosquitto started by root would become `nobody`, who cannot read our files.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    ...(persistence
      ? ['persistence true', `persistence_location ${dir}/`, 'autosave_on_changes true', 'autosave_interval 1']
      : ['persistence false']),
    'log_dest stderr',
    ...(logPackets
      ? ['log_type all']
      : ['error', 'warning', 'notice', 'information', 'subscribe', 'unsubscribe'].map((type) => `log_type ${type}`)),
    'connection_messages true',
    `allow_anonymous ${allowAnonymous}`,
    ...(users === undefined ? [] : [`password_file ${join(dir, 'passwords')}`]),
    ...(acl === undefined ? [] : [`acl_file ${join(dir, 'acl')}`]),
    `listener ${port} 127.0.0.1`,
    'protocol mqtt',
    listenerConfig ?? '',
    ...(wsPort === null ? [] : [`listener ${wsPort} 127.0.0.1`, 'protocol websockets']),
    extraConfig ?? '',
    ...(dynamicSecurity === undefined ? [] : [`plugin ${dynamicSecurity.plugin}`, `plugin_opt_config_file ${join(dir, 'dynamic-security.json')}`]),
  ]
  return `${lines.join('\n')}\n`
}

async function writePasswords(file: string, users: Readonly<Record<string, string>>): Promise<void> {
  writeFileSync(file, '', { mode: 0o600 })
  for (const [name, password] of Object.entries(users)) {
    await run('mosquitto_passwd', ['-b', file, name, password])
  }
}

/** Starts a real Mosquitto on the loopback address and resolves once it accepts connections. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const configDir = mkdtempSync(join(tmpdir(), 'pubscope-mosquitto-'))
  const removeFiles = () => { rmSync(configDir, { recursive: true, force: true }) }
  process.once('exit', removeFiles)
  const configFile = join(configDir, 'mosquitto.conf')
  let port = 0
  let wsPort: number | null = null
  let child: Child | null = null
  let earlierLog = ''

  async function start(): Promise<void> {
    const mine = await startChild('mosquitto', ['-c', configFile])
    child = mine
    // Written when all listeners are open; a port that answers could be another broker's.
    await waitUntil(() => mine.ending() !== null || /mosquitto version \S+ running/.test(mine.stderr()), {
      timeoutMs: 10_000,
      what: () => `Mosquitto to start; it said:\n${mine.stderr()}`,
    })
    if (mine.ending() !== null) throw new Error(`Mosquitto ended at once (${mine.ending()}):\n${mine.stderr()}`)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const mine = child
    if (mine === null) return
    // One that comes between its words "running" and its main loop is lost on Mosquitto 2.0.
    const again = setInterval(() => void mine.kill(signal), 500)
    await mine.kill(signal)
    clearInterval(again)
    earlierLog += mine.stderr()
    child = null
  }

  try {
    if (options.users !== undefined) await writePasswords(join(configDir, 'passwords'), options.users)
    if (options.acl !== undefined) writeFileSync(join(configDir, 'acl'), `${options.acl}\n`, { mode: 0o600 })
    if (options.dynamicSecurity !== undefined) {
      writeFileSync(join(configDir, 'dynamic-security.json'), options.dynamicSecurity.text, { mode: 0o600 })
    }
    for (let attempt = 1; child === null; attempt += 1) {
      port = options.port ?? (await freePort())
      wsPort = options.webSocket === true ? await freePort() : null
      writeFileSync(configFile, configuration(options, configDir, port, wsPort))
      try {
        await start()
      } catch (error) {
        // Between our finding a port and Mosquitto's taking it, it can be gone.
        const taken = /address already in use/i.test(String(error))
        await end('SIGKILL')
        if (!taken || options.port !== undefined || attempt === START_ATTEMPTS) throw error
      }
    }
  } catch (error) {
    removeFiles()
    throw error
  }

  return {
    port,
    wsPort,
    url: `mqtt://127.0.0.1:${port}`,
    wsUrl: wsPort === null ? null : `ws://127.0.0.1:${wsPort}/mqtt`,
    configDir,
    log: () => earlierLog + (child?.stderr() ?? ''),
    async stop() {
      await end('SIGTERM')
      removeFiles()
      process.off('exit', removeFiles)
    },
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM')
      await start()
    },
  }
}
