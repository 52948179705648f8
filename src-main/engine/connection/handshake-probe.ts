import type { Failure } from '@shared/connection/failure'
import type { ConnectionConfig } from '../engine-api'
import { failureOfError } from './failure-of'
import { openTlsProbe } from './transport'

/** In TLS 1.3 a server refuses our certificate after the handshake, one round trip later: enough for any network. */
const VERDICT_MS = 2_000

/**
 * What the server thinks of our certificate: the failure it names, or null when it names none.
 * A connection that was cut while we wrote may have lost the alert that says why, so it is asked again by one that
 * only listens.
 * @throws what the way to the server fails with
 */
export async function probeHandshake(config: ConnectionConfig): Promise<Failure | null> {
  if (config.tls === null) return null
  const socket = await openTlsProbe(config, config.tls, VERDICT_MS)
  return new Promise((resolve) => {
    const finish = (verdict: Failure | null): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(verdict)
    }
    const timer = setTimeout(() => finish(null), VERDICT_MS)
    socket.on('error', (error: Error) => {
      const verdict = failureOfError(error, false)
      finish(verdict.code.startsWith('tls-') ? verdict : null)
    })
    socket.on('close', () => finish(null))
    // The alert comes with the data, so it must be read.
    socket.resume()
  })
}
