import type { Protocol } from '@shared/profile/profile'

/** What a broker's URL says; what it does not say is null. */
export type BrokerUrl =
  | {
      readonly kind: 'broker'
      readonly protocol: Protocol
      readonly host: string
      readonly port: number | null
      readonly path: string | null
      readonly username: string | null
      readonly password: string | null
    }
  /** A URL, but of a protocol that cannot be used (yet). */
  | { readonly kind: 'unsupported'; readonly protocol: string }

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  mqtt: 'mqtt',
  tcp: 'mqtt',
  mqtts: 'mqtts',
  ssl: 'mqtts',
  tls: 'mqtts',
  ws: 'ws',
  wss: 'wss',
}

// Chromium's URL knows no host in schemes it does not know itself, such as mqtt.
const URL_PATTERN =
  /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?:(?<user>[^/]*)@)?(?<host>\[[^\]]*\]|[^:/?#]*)(?::(?<port>\d{1,5}))?(?<path>\/[^?#]*)?/i

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray %: the text is meant as it stands
  }
}

/** Takes a whole URL such as `mqtt://user:secret@host:1883` apart; null when `text` is none. */
export function parseBrokerUrl(text: string): BrokerUrl | null {
  const parts = URL_PATTERN.exec(text.trim())?.groups
  if (parts === undefined) return null
  const scheme = parts['scheme']?.toLowerCase() ?? ''
  const protocol = PROTOCOLS[scheme]
  if (protocol === undefined) return { kind: 'unsupported', protocol: scheme }
  const [username, ...password] = (parts['user'] ?? '').split(':')
  return {
    kind: 'broker',
    protocol,
    host: (parts['host'] ?? '').replace(/^\[|\]$/g, ''),
    port: parts['port'] === undefined ? null : Number(parts['port']),
    path: parts['path'] === undefined || parts['path'] === '/' ? null : parts['path'],
    username: username ? decode(username) : null,
    password: password.length > 0 ? decode(password.join(':')) : null,
  }
}
