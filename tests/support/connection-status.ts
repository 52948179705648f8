import type { Broker } from '@shared/connection/broker'
import type { ConnectionStatus } from '@shared/connection/connection'
import type { Failure } from '@shared/connection/failure'

/** The only broker of a profile. */
export const BROKER: Broker = { address: 'mqtt://127.0.0.1:1883', index: 0, count: 1 }

/** Online at the preferred broker. */
export const ONLINE: Extract<ConnectionStatus, { phase: 'online' }> = {
  phase: 'online',
  broker: BROKER,
  alternate: null,
  sinceMs: 0,
  mqttVersion: '5.0',
  fellBack: false,
  sessionPresent: false,
  grants: null,
}

/** A failure that may heal, unless said otherwise. */
export function someFailure(overrides: Partial<Failure> = {}): Failure {
  return {
    code: 'refused',
    reasonCode: null,
    brokerReason: null,
    serverReference: null,
    detail: '',
    certificates: [],
    atMs: 0,
    permanent: false,
    ...overrides,
  }
}
