import { describe, expect, it } from 'vitest'
import { parseAzureConnectionString } from '@shared/profile/azure-connection-string'

const KEY = 'cGFzc3dvcmQ='
const WHOLE = `HostName=hub.azure-devices.net;DeviceId=pump 7;SharedAccessKey=${KEY}`

describe('parseAzureConnectionString', () => {
  it('reads a device, its key with all that base64 has', () => {
    expect(parseAzureConnectionString(WHOLE)).toEqual({
      hostName: 'hub.azure-devices.net',
      deviceId: 'pump 7',
      moduleId: null,
      sharedAccessKey: KEY,
    })
  })

  it('reads a module, in any order and with space around', () => {
    const text = ` SharedAccessKey=${KEY};ModuleId=edge;deviceid=d;HOSTNAME=h.azure-devices.net; `
    expect(parseAzureConnectionString(text)).toMatchObject({ deviceId: 'd', moduleId: 'edge', hostName: 'h.azure-devices.net' })
  })

  it.each([
    ['nothing', ''],
    ['a password', 'hunter2'],
    ['no host', `DeviceId=d;SharedAccessKey=${KEY}`],
    ['no device, as the string of a hub has none', `HostName=h;SharedAccessKeyName=owner;SharedAccessKey=${KEY}`],
    ['no key, as with a certificate', 'HostName=h;DeviceId=d;x509=true'],
    ['a key that is none', 'HostName=h;DeviceId=d;SharedAccessKey=***'],
    ['a host that is none', `HostName=h/@evil;DeviceId=d;SharedAccessKey=${KEY}`],
    ['far too much', `${WHOLE};${'x'.repeat(3_000)}`],
  ])('takes %s for none', (_what, text) => {
    expect(parseAzureConnectionString(text)).toBeNull()
  })
})
