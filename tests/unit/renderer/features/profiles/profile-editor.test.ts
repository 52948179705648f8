// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Profile } from '@shared/profile/profile'
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
    expect(editor.password.value).toBe('secret')
    expect(editor.takeUrl('broker.example')).toBe(false)
  })

  it('says why a URL cannot be used, until it is replaced', () => {
    const editor = editorOf(stored)
    editor.takeUrl('mqtts://broker.example')
    expect(editor.errorOf('host')).toContain('mqtts://')
    expect(editor.submit()).toBeNull()
    editor.takeUrl('mqtt://broker.example')
    expect(editor.errorOf('host')).toBeUndefined()
    expect(editor.submit()).not.toBeNull()
  })

  it('moves the port along with the protocol, unless it was changed', () => {
    const { form, changeProtocol } = editorOf(null)
    changeProtocol('ws')
    expect(form.port).toBe(9001)
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
    expect(change(({ passwordRemoved }) => (passwordRemoved.value = true))).toEqual({ kind: 'clear' })
    const type = ({ password }: ProfileEditor) => (password.value = 'new')
    expect(change(type)).toEqual({ kind: 'set', password: 'new', storage: 'encrypted' })
    // Never unencrypted by itself.
    expect(change(type, false)).toEqual({ kind: 'set', password: 'new', storage: 'session' })
  })

  it('knows whether there is something to lose', () => {
    const editor = editorOf(stored)
    expect(editor.dirty.value).toBe(false)
    editor.form.subscriptions.pop()
    expect(editor.dirty.value).toBe(true)
  })
})
