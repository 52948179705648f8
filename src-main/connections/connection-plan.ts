import type { ConnectionSource } from '@shared/connection/connection'
import { AppError } from '@shared/ipc/app-error'
import { parseAzureConnectionString, type AzureDevice } from '@shared/profile/azure-connection-string'
import { usesWebSocket, type ProfileDraft } from '@shared/profile/profile'
import type { ConnectionConfig, TlsConfig } from '../engine/engine-api'

/** What a connection is to be made with: a profile's values, wherever they come from. */
export interface ConnectionPlan {
  readonly source: ConnectionSource
  readonly draft: ProfileDraft
}

/** The address as the user may see it: no credentials. */
export function addressOf({ protocol, host, port, path }: ProfileDraft): string {
  const authority = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${protocol}://${authority}:${port}${usesWebSocket(protocol) ? path : ''}`
}

/**
 * What an engine needs, from a profile and the secret called its password.
 * @throws {AppError} `connection-string-invalid`
 */
export function connectionConfigOf(draft: ProfileDraft, secret: string | null, tls: TlsConfig | null): ConnectionConfig {
  const { name: _name, group: _group, credentials, ...rest } = draft
  switch (credentials) {
    case 'password':
      return { ...rest, tls, password: secret, azureDevice: null }
    case 'azure-connection-string':
      return { ...rest, tls, password: null, azureDevice: azureDeviceOf(secret) }
  }
}

function azureDeviceOf(secret: string | null): AzureDevice {
  const device = parseAzureConnectionString(secret ?? '')
  // The string itself is not repeated: there is a key in it.
  if (device === null) throw new AppError('connection-string-invalid', 'The Azure connection string is missing or incomplete')
  return device
}
