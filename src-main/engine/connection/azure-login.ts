import { createHmac } from 'node:crypto'
import type { AzureDevice } from '@shared/profile/azure-connection-string'

/** How long a token is good for: Azure ends the connection with it, and the next connect brings a new one. */
export const TOKEN_LIFE_SECONDS = 24 * 60 * 60

const API_VERSION = '2021-04-12'

/** What Azure IoT Hub wants in CONNECT. */
export interface AzureLogin {
  readonly clientId: string
  readonly username: string
  readonly password: string
}

/**
 * Signs a device in to Azure IoT Hub, as "Communicate with an IoT hub using the MQTT protocol" of its documentation
 * says: the password is a shared access signature, made anew for each CONNECT.
 */
export function azureLogin({ hostName, deviceId, moduleId, sharedAccessKey }: AzureDevice, nowMs: number): AzureLogin {
  const module = moduleId === null ? '' : `/modules/${encodeURIComponent(moduleId)}`
  const resource = `${hostName}/devices/${encodeURIComponent(deviceId)}${module}`
  const clientId = moduleId === null ? deviceId : `${deviceId}/${moduleId}`
  return {
    clientId,
    username: `${hostName}/${clientId}/?api-version=${API_VERSION}`,
    password: sharedAccessSignature(resource, sharedAccessKey, Math.floor(nowMs / 1_000) + TOKEN_LIFE_SECONDS),
  }
}

/** The token for `resource` until `expiry` (seconds since 1970): HMAC-SHA256 over both, with the key's bytes. */
export function sharedAccessSignature(resource: string, keyBase64: string, expiry: number): string {
  const encoded = encodeURIComponent(resource)
  const signature = createHmac('sha256', Buffer.from(keyBase64, 'base64')).update(`${encoded}\n${expiry}`).digest('base64')
  return `SharedAccessSignature sr=${encoded}&sig=${encodeURIComponent(signature)}&se=${expiry}`
}
