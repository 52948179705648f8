// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Profile } from '@shared/profile/profile'
import { DEFAULT_TLS } from '@shared/profile/tls'
import { defaultProfileDraft } from '@shared/profile/profile-defaults'
import { provideProfileEditor, type ProfileEditor } from '../../../../../src-renderer/features/profiles/profile-editor'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

function editorOf(profile: Profile | null, canEncrypt = false): ProfileEditor {
  const editors: ProfileEditor[] = []
  const setup = () => {
    editors.push(provideProfileEditor(profile, canEncrypt))
    return () => null
  }
  mount({ setup }, { global: { plugins: [i18n] } })
  const [editor] = editors
  if (editor === undefined) throw new Error('not mounted')
  return editor
}

const stored: Profile = {
  ...defaultProfileDraft('client'),
  name: 'Plant',
  id: '3f0f1a52-9d5c-4b1e-8d5a-6f7a1c2b3d4e',
  passwordStorage: 'encrypted',
  passphraseStorage: 'none',
  proxyPasswordStorage: 'none',
  headersStorage: 'none',
  authenticationDataStorage: 'none',
}

describe('the profile editor', () => {
  it('spreads a pasted URL over the form', () => {
    const editor = editorOf(null)
    expect(editor.takeUrl('ws://ada:secret@broker.example/live')).toBe(true)
    expect(editor.form).toMatchObject({
      name: 'broker.example',
      protocol: 'ws',
      host: 'broker.example',
      port: 9001,
      path: '/live',
      username: 'ada',
    })
    expect(editor.secrets.password.text).toBe('secret')
    expect(editor.takeUrl('broker.example')).toBe(false)
  })

  it.each([
    ['mqtts://broker.example', { protocol: 'mqtts', port: 8883 }],
    ['wss://broker.example/live', { protocol: 'wss', port: 443, path: '/live' }],
    ['wss://broker.example:8884', { protocol: 'wss', port: 8884 }],
  ])('takes %s as it is meant', (url, expected) => {
    const { form, takeUrl } = editorOf(null)
    takeUrl(url)
    expect(form).toMatchObject({ host: 'broker.example', ...expected })
  })

  it('says why a URL cannot be used, until it is replaced', () => {
    const editor = editorOf(stored)
    editor.takeUrl('https://broker.example')
    expect(editor.errorOf('host')).toContain('https://')
    expect(editor.submit()).toBeNull()
    editor.takeUrl('mqtt://broker.example')
    expect(editor.errorOf('host')).toBeUndefined()
    expect(editor.submit()).not.toBeNull()
  })

  it('moves the port along with the protocol, unless it was changed', () => {
    const { form, changeProtocol } = editorOf(null)
    changeProtocol('ws')
    expect(form.port).toBe(9001)
    changeProtocol('wss')
    expect(form.port).toBe(443)
    changeProtocol('mqtts')
    expect(form.port).toBe(8883)
    form.port = 8080
    changeProtocol('mqtt')
    expect(form.port).toBe(8080)
  })

  it('calls nothing wrong before it was left, and everything when it is to be saved', () => {
    const editor = editorOf(null)
    expect(editor.errorOf('name')).toBeUndefined()
    editor.form.host = ''
    editor.touch('host')
    expect(Object.keys(editor.errors.value)).toEqual(['host'])
    expect(editor.submit()).toBeNull()
    expect(Object.keys(editor.errors.value).sort()).toEqual(['host', 'name'])
  })

  it('keeps, replaces or removes a stored password', () => {
    const change = (edit: (editor: ProfileEditor) => void, canEncrypt = true) => {
      const editor = editorOf(stored, canEncrypt)
      edit(editor)
      return editor.submit()?.password
    }
    expect(change(() => undefined)).toEqual({ kind: 'keep' })
    expect(change(({ secrets }) => (secrets.password.removed = true))).toEqual({ kind: 'clear' })
    const type = ({ secrets }: ProfileEditor) => (secrets.password.text = 'new')
    expect(change(type)).toEqual({ kind: 'set', password: 'new', storage: 'encrypted' })
    // Never unencrypted by itself.
    expect(change(type, false)).toEqual({ kind: 'set', password: 'new', storage: 'session' })
  })

  it('keeps no passphrase without a certificate that it could be for', () => {
    const certificate = { kind: 'copy' as const, fileId: '5b7e8f0a-3d52-4a4e-9d0c-0c8f6f3f1a2b', name: 'ada.p12' }
    const tls = { ...DEFAULT_TLS, certificate }
    const editor = editorOf({ ...stored, tls, passphraseStorage: 'session' }, true)
    expect(editor.submit()?.passphrase).toEqual({ kind: 'keep' })
    editor.secrets.passphrase.text = 'new'
    expect(editor.submit()?.passphrase).toEqual({ kind: 'set', password: 'new', storage: 'session' })
    editor.form.tls.certificate = null
    expect(editor.submit()?.passphrase).toEqual({ kind: 'clear' })
  })

  it('keeps no password for a proxy that is not named any more', () => {
    const proxy = { kind: 'http', host: 'proxy', port: 3128, username: 'ada' } as const
    const editor = editorOf({ ...stored, proxy, proxyPasswordStorage: 'session' }, true)
    expect(editor.submit()).toMatchObject({ draft: { proxy }, proxyPassword: { kind: 'keep' } })
    editor.secrets.proxyPassword.text = 'new'
    expect(editor.submit()?.proxyPassword).toEqual({ kind: 'set', password: 'new', storage: 'session' })
    editor.form.proxy.kind = 'system'
    expect(editor.submit()).toMatchObject({ draft: { proxy: { kind: 'system' } }, proxyPassword: { kind: 'clear' } })
  })

  it('replaces values of headers and keeps the others', () => {
    const headerNames = ['Authorization', 'X-Tenant']
    const editor = editorOf({ ...stored, protocol: 'ws', headerNames, headersStorage: 'encrypted' }, true)
    expect(editor.submit()).toMatchObject({ draft: { headerNames }, headers: { kind: 'keep' } })
    const [authorization] = editor.form.headers
    if (authorization !== undefined) authorization.value = ' Bearer new '
    expect(editor.dirty.value).toBe(true)
    const values = [{ name: 'Authorization', value: 'Bearer new' }, { name: 'X-Tenant', value: null }]
    expect(editor.submit()?.headers).toEqual({ kind: 'set', values, storage: 'encrypted' })
  })

  it('knows whether there is something to lose', () => {
    const editor = editorOf(stored)
    expect(editor.dirty.value).toBe(false)
    editor.form.subscriptions.pop()
    expect(editor.dirty.value).toBe(true)
  })

  it('fills itself for a kind of broker, and says what is known of it', () => {
    const { form, choosePreset, preset } = editorOf(null)
    expect(preset.value).toBeNull()
    form.name = 'Plant'
    choosePreset('aws-iot')
    expect(form).toMatchObject({ name: 'Plant', protocol: 'mqtts', host: '', port: 443, tls: { alpnProtocols: 'x-amzn-mqtt-ca' } })
    expect(preset.value?.limits).toContain('client-certificate')
    choosePreset('test-mosquitto')
    expect(form).toMatchObject({ host: 'test.mosquitto.org', tls: { alpnProtocols: '' } })
    // What the host says outweighs what was chosen.
    form.host = 'contoso.azure-devices.net'
    expect(preset.value?.id).toBe('azure-iot')
    form.host = 'localhost'
    choosePreset(null)
    expect(preset.value).toBeNull()
  })

  it('takes where to connect from an Azure connection string, and says when it is none', async () => {
    const editor = editorOf(null)
    editor.choosePreset('azure-iot')
    editor.secrets.password.text = 'HostName=hub'
    await nextTick()
    expect(editor.errorOf('password')).toBeUndefined()
    editor.touch('password')
    expect(editor.errorOf('password')).toContain('HostName')
    expect(editor.submit()).toBeNull()
    const text = 'HostName=hub.azure-devices.net;DeviceId=pump7;SharedAccessKey=cGFzc3dvcmQ='
    editor.secrets.password.text = text
    await nextTick()
    expect(editor.form).toMatchObject({ name: 'pump7', host: 'hub.azure-devices.net', port: 8883, clientId: 'pump7' })
    expect(editor.errorOf('password')).toBeUndefined()
    const submitted = editor.submit()
    expect(submitted?.password).toEqual({ kind: 'set', password: text, storage: 'session' })
    expect(JSON.stringify(submitted?.draft)).not.toContain('cGFzc3dvcmQ')
  })
})
