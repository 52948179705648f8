import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Authority, Identity } from './certificates'
import { startMosquitto, type Mosquitto } from './mosquitto'

export interface SecureMosquittoOptions {
  /** Who issues the client certificates it accepts. */
  authority: Pick<Authority, 'certificate'>
  /** Its own certificate. */
  identity: Identity
  /** Further lines of both listeners, e.g. `require_certificate true`. */
  extraLines?: readonly string[]
  /** Of the MQTT listener; default: a free one. */
  port?: number | undefined
}

/** Starts a Mosquitto that speaks TLS on both listeners, MQTT and WebSocket. */
export async function startSecureMosquitto({ authority, identity, extraLines = [], port }: SecureMosquittoOptions): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'pubscope-tls-'))
  const removeFiles = (): void => rmSync(folder, { recursive: true, force: true })
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const lines = [
    `cafile ${write('ca.pem', authority.certificate)}`,
    `certfile ${write('server.pem', identity.certificate)}`,
    `keyfile ${write('server.key', identity.key)}`,
    ...extraLines,
  ].join('\n')
  try {
    const broker = await startMosquitto({ ...(port !== undefined && { port }), webSocket: true, listenerConfig: lines, extraConfig: lines })
    return {
      ...broker,
      async stop() {
        await broker.stop()
        removeFiles()
      },
    }
  } catch (error) {
    removeFiles()
    throw error
  }
}
