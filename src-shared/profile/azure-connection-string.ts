/** A device of Azure IoT Hub and the key that proves it, as its connection string says. */
export interface AzureDevice {
  readonly hostName: string
  readonly deviceId: string
  /** Of an identity within the device, or null. */
  readonly moduleId: string | null
  /** Base64; a secret. */
  readonly sharedAccessKey: string
}

const MAX_LENGTH = 2_000
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const HOST = /^[A-Za-z0-9.-]+$/

/** Reads `HostName=…;DeviceId=…;SharedAccessKey=…`, as Azure shows it for a device; null when it is none. */
export function parseAzureConnectionString(text: string): AzureDevice | null {
  if (text.length > MAX_LENGTH) return null
  const fields = new Map<string, string>()
  for (const field of text.trim().split(';')) {
    const at = field.indexOf('=')
    if (at > 0) fields.set(field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim())
  }
  const hostName = fields.get('hostname') ?? ''
  const deviceId = fields.get('deviceid') ?? ''
  const sharedAccessKey = fields.get('sharedaccesskey') ?? ''
  if (!HOST.test(hostName) || deviceId === '' || !BASE64.test(sharedAccessKey)) return null
  return { hostName, deviceId, moduleId: fields.get('moduleid') ?? null, sharedAccessKey }
}
