import type { Proxy, Route } from '../engine/engine-api'

const MAX_LENGTH = 4_096
/** More than that would not all be tried within a connect time-out anyway. */
const MAX_ROUTES = 8

/** What proxy auto-configuration calls them; SOCKS alone means version 4. */
const KINDS: Readonly<Record<string, Proxy['kind']>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5',
}

/**
 * The ways that a result of proxy auto-configuration names, as `PROXY a:3128; SOCKS5 [::1]:1080; DIRECT`, in its order.
 * What we cannot speak (QUIC) or read is left out; empty when nothing is left.
 */
export function parsePacResult(result: string): Route[] {
  return result
    .slice(0, MAX_LENGTH)
    .split(';')
    .map((entry) => routeOf(entry.trim()))
    .filter((route) => route !== null)
    .slice(0, MAX_ROUTES)
}

function routeOf(entry: string): Route | null {
  if (/^DIRECT$/i.test(entry)) return { kind: 'direct' }
  const match = /^([A-Z0-9]+)\s+(?:\[([0-9A-F:.]+)\]|([^\s:/@[\]]+)):(\d{1,5})$/i.exec(entry)
  if (match === null) return null
  const [, type = '', address, name] = match
  const kind = KINDS[type.toUpperCase()]
  const host = address ?? name
  const port = Number(match[4])
  if (kind === undefined || host === undefined || port < 1 || port > 65_535) return null
  return { kind, host, port, username: '', password: null }
}
