import type { FailureCode } from '@shared/connection/failure'

export type ProxyFailureCode = Extract<FailureCode, `proxy-${string}`>

/** A proxy did not let us through, or is none; `message` names it and what it said, never a credential. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'

  constructor(
    readonly failureCode: ProxyFailureCode,
    message: string,
  ) {
    super(message)
  }

  /** Whether the proxy itself is what fails, so that another one may do better; a refusal is an answer. */
  get isProxyDown(): boolean {
    return ['proxy-unreachable', 'proxy-timeout', 'proxy-protocol'].includes(this.failureCode)
  }
}
