import type { ConnectionSource } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import { parseAzureConnectionString, type AzureDevice } from '@shared/profile/azure-connection-string'
import { hostAndPort } from '@shared/profile/broker-address'
import type { ProfileDraft } from '@shared/profile/profile'
import type { ConnectionConfig, Route, TlsConfig } from '../engine/engine-api'

/** What a connection is to be made with: a profile's values, wherever they come from. */
export interface ConnectionPlan {
  readonly source: ConnectionSource
  readonly draft: ProfileDraft
}

/** A way to the broker as the user may see it: no credentials. */
export function routeName(route: Route): string {
  return route.kind === 'direct' ? 'direct' : `${route.kind}://${hostAndPort(route)}`
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

/**
 * What an engine needs, from a profile and the secret called its password.
 * @throws {AppError} `connection-string-invalid`
 */
export function connectionConfigOf(
  draft: ProfileDraft,
  secret: string | null,
  tls: TlsConfig | null,
  network: Pick<ConnectionConfig, 'headers' | 'routes' | 'alternates'>,
  authenticationData: string | null = null,
): ConnectionConfig {
  const { name: _name, group: _group, headerNames: _headerNames, proxy: _proxy, credentials, ...rest } = draft
  switch (credentials) {
    case 'password':
      return { ...rest, ...network, tls, authenticationData, password: secret, azureDevice: null }
    case 'azure-connection-string':
      return { ...rest, ...network, tls, authenticationData, password: null, azureDevice: azureDeviceOf(secret) }
  }
}

function azureDeviceOf(secret: string | null): AzureDevice {
  const device = parseAzureConnectionString(secret ?? '')
  // The string itself is not repeated: there is a key in it.
  if (device === null) throw new AppError('connection-string-invalid', 'The Azure connection string is missing or incomplete')
  return device
}
