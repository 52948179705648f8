import type { ConnectionSource } from '@shared/connection/connection'
import { usesWebSocket, type ProfileDraft } from '@shared/profile/profile'
import type { ConnectionConfig, Route, TlsConfig } from '../engine/engine-api'

/** What a connection is to be made with: a profile's values, wherever they come from. */
export interface ConnectionPlan {
  readonly source: ConnectionSource
  readonly draft: ProfileDraft
}

/** The address as the user may see it: no credentials. */
export function addressOf({ protocol, host, port, path }: ProfileDraft): string {
  return `${protocol}://${authorityOf(host, port)}${usesWebSocket(protocol) ? path : ''}`
}

function authorityOf(host: string, port: number): string {
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}

/** A way to the broker as the user may see it: no credentials. */
export function routeName(route: Route): string {
  return route.kind === 'direct' ? 'direct' : `${route.kind}://${authorityOf(route.host, route.port)}`
}

/** The ways a profile names itself; null when the system will. */
export function plannedRoutes({ proxy }: ProfileDraft): string[] | null {
  switch (proxy.kind) {
    case 'none':
      return ['direct']
    case 'system':
      return null
    case 'socks5':
    case 'http':
      return [routeName({ ...proxy, password: null })]
  }
}

/** What an engine needs, from a profile and what it does not hold itself. */
export function connectionConfigOf(
  draft: ProfileDraft,
  password: string | null,
  tls: TlsConfig | null,
  network: Pick<ConnectionConfig, 'headers' | 'routes'>,
): ConnectionConfig {
  const { protocol, host, port, path, mqttVersion, clientId, username, cleanStart, keepaliveSeconds } = draft
  const { connectTimeoutSeconds, maxConnectAttempts, subscriptions } = draft
  return {
    protocol,
    host,
    port,
    path,
    ...network,
    tls,
    mqttVersion,
    clientId,
    username,
    password,
    cleanStart,
    keepaliveSeconds,
    connectTimeoutSeconds,
    maxConnectAttempts,
    subscriptions,
  }
}
