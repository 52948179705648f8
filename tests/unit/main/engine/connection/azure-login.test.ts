import { describe, expect, it } from 'vitest'
import { azureLogin, sharedAccessSignature } from '../../../../../src-main/engine/connection/azure-login'

// What Azure's own library for Node (azure-iot-common) makes of resource "uri", expiry 12345 and this key.
const KEY = Buffer.from('password').toString('base64')
const SIGNED = 'SharedAccessSignature sr=uri&sig=kcWxXAK2OAaAoq2oCkaGzX2NMqDB8nCyNuq2fPYCDhk%3D&se=12345'

const DEVICE = { hostName: 'hub.azure-devices.net', deviceId: 'pump7', moduleId: null, sharedAccessKey: KEY }

describe('the login of an Azure device', () => {
  it('is signed as Azure signs', () => {
    expect(sharedAccessSignature('uri', KEY, 12_345)).toBe(SIGNED)
  })

  it('names device and hub, and holds for a day', () => {
    const login = azureLogin(DEVICE, 1_000_000_500)
    expect(login).toMatchObject({ clientId: 'pump7', username: 'hub.azure-devices.net/pump7/?api-version=2021-04-12' })
    expect(login.password).toBe(sharedAccessSignature('hub.azure-devices.net/devices/pump7', KEY, 1_000_000 + 86_400))
    expect(login.password).not.toContain(KEY)
  })

  it('names a module too', () => {
    const login = azureLogin({ ...DEVICE, moduleId: 'edge' }, 0)
    expect(login).toMatchObject({ clientId: 'pump7/edge', username: 'hub.azure-devices.net/pump7/edge/?api-version=2021-04-12' })
    expect(login.password).toContain(encodeURIComponent('hub.azure-devices.net/devices/pump7/modules/edge'))
  })
})
