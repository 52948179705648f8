/** How the messages come. WebSocket: a frame a packet, as Mosquitto sends, or many packets a frame, as brokers that batch do. */
export const TRANSPORTS = ['tcp', 'tls', 'ws', 'ws-batched', 'wss-batched'] as const
export type Transport = (typeof TRANSPORTS)[number]

export const PROTOCOLS = { tcp: 'mqtt', tls: 'mqtts', ws: 'ws', 'ws-batched': 'ws', 'wss-batched': 'wss' } as const

export const TRANSPORT_NAMES: Readonly<Record<Transport, string>> = {
  tcp: 'TCP',
  tls: 'TLS',
  ws: 'WebSocket, a frame a packet',
  'ws-batched': 'WebSocket, frames of 50',
  'wss-batched': 'WebSocket + TLS, frames of 50',
}

/** Where the blaster listens, and what vouches for it. */
export interface Place {
  readonly transport: Transport
  readonly port: number
  /** PEM of the authority behind its certificate. */
  readonly authority: string
}

/** The address for clients that take one. */
export function urlOf({ transport, port }: Place): string {
  return `${PROTOCOLS[transport]}://127.0.0.1:${port}/mqtt`
}
