import type { Socket } from 'node:net'
import { SocksClient } from 'socks'
import type { Proxy } from '../engine-api'
import { ProxyError, type ProxyFailureCode } from './proxy-error'
import type { Target } from './target'

/** RFC 1929 has one byte for the length of each. */
const MAX_CREDENTIAL_BYTES = 255

/**
 * Asks a SOCKS proxy at the other end of `socket` to connect it to `target`; a host name goes on as a name, to be looked
 * up over there. @throws {ProxyError}
 */
export async function openSocksTunnel(socket: Socket, proxy: Proxy, destination: Target, timeoutMs: number): Promise<void> {
  const { kind, host, port, username } = proxy
  const password = proxy.password ?? ''
  if ([username, password].some((text) => Buffer.byteLength(text) > MAX_CREDENTIAL_BYTES)) {
    throw new ProxyError('proxy-authentication', `username or password is longer than ${MAX_CREDENTIAL_BYTES} bytes`)
  }
  try {
    await SocksClient.createConnection({
      command: 'connect',
      proxy: { host, port, type: kind === 'socks4' ? 4 : 5, ...(username !== '' && { userId: username, password }) },
      destination,
      existing_socket: socket,
      timeout: timeoutMs,
    })
  } catch (error) {
    // The error itself holds the password.
    const message = error instanceof Error ? error.message : String(error)
    throw new ProxyError(failureOfMessage(message), message)
  }
}

/** The library has words for what went wrong, no codes; the reply codes are those of RFC 1928, section 6. */
function failureOfMessage(message: string): ProxyFailureCode {
  if (/authentication/i.test(message)) return 'proxy-authentication'
  if (/rejected connection .*(NotAllowed|RejectedIdent)/.test(message)) return 'proxy-forbidden'
  if (/rejected connection .*(Fail|Unreachable|Refused|TTLExpired|NotSupported|Rejected)/.test(message)) {
    return 'proxy-target-unreachable'
  }
  return 'proxy-protocol'
}
