import { DEFAULT_CONNECT_OPTIONS } from './connect-options'
import type { ProfileDraft } from './profile'
import type { Subscription } from './subscription'
import { DEFAULT_TLS } from './tls'

/** Everything on the broker, and its own statistics, which `#` leaves out [MQTT-4.7.2-1]. */
export const DEFAULT_SUBSCRIPTIONS: readonly Subscription[] = [
  { filter: '#', qos: 0 },
  { filter: '$SYS/#', qos: 0 },
]

/** 64 MiB: more than any sane message, less than what hurts. */
export const DEFAULT_MAXIMUM_PACKET_BYTES = 64 * 1024 * 1024

/** A profile with the values most brokers take. */
export function defaultProfileDraft(clientId: string): ProfileDraft {
  return {
    name: '',
    group: '',
    protocol: 'mqtt',
    host: 'localhost',
    port: 1883,
    alternates: [],
    returnToPreferred: false,
    path: '/mqtt',
    headerNames: [],
    proxy: { kind: 'none' },
    tls: { ...DEFAULT_TLS, alpnProtocols: [], pins: [] },
    mqttVersion: 'automatic',
    clientId,
    credentials: 'password',
    username: '',
    cleanStart: true,
    keepaliveSeconds: 60,
    connectTimeoutSeconds: 10,
    maxConnectAttempts: null,
    maximumPacketBytes: DEFAULT_MAXIMUM_PACKET_BYTES,
    connectOptions: { ...DEFAULT_CONNECT_OPTIONS, userProperties: [] },
    will: null,
    subscriptions: DEFAULT_SUBSCRIPTIONS.map((subscription) => ({ ...subscription })),
  }
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/**
 * A random client identifier with no product's mark in it (brokers and firewalls are known to single those out):
 * 20 characters, which every server must accept, being at most 23 bytes of [0-9a-zA-Z] [MQTT-3.1.3-5].
 */
export function generateClientId(): string {
  // It only has to be unlike others: it is no secret.
  return Array.from({ length: 20 }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join('')
}

/** Whether `host` lies on this machine or in a private network, where subscribing to `#` is usual. */
export function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '')
  if (name === 'localhost' || name === '::1' || !/[.:]/.test(name)) return true
  if (/\.(local|lan|internal|home|localdomain|localhost|test)$/.test(name)) return true
  if (/^(127|10)\.\d+\.\d+\.\d+$/.test(name) || /^(192\.168|169\.254)\.\d+\.\d+$/.test(name)) return true
  if (/^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/.test(name)) return true
  return /^(f[cd][0-9a-f]{2}|fe80):/.test(name)
}
