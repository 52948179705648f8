import type { ProtocolViolation } from './violation'

/** Listens in on one network connection. None of its methods throws. */
export interface WireTap {
  /** Whether it wants to hear of packets; asked before each, so that a tap that does not costs nothing. */
  readonly listening: boolean
  /** The network connection stands; `secure`: TLS on it too. */
  opened(secure: boolean): void
  /** A packet came; `fault` says why it was not let through. Its bytes belong to the caller. */
  received(packet: Uint8Array, fault: string | null): void
  /** The network took a packet of ours. */
  sent(packet: Uint8Array): void
  /** The peer broke the protocol: the connection ends. */
  violated(violation: ProtocolViolation): void
  /** The network connection ended; only the first word on it counts. */
  closed(how: { by: 'broker' } | { by: 'us' } | { by: 'error'; error: Error }): void
}
