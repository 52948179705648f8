import { describe, expect, it } from 'vitest'
import { isPressed, keysFor, SHORTCUTS } from '../../../../src-renderer/app/shortcuts'

const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
})

describe('shortcuts', () => {
  it('Mod is Ctrl, and ⌘ on a Mac', () => {
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), 'linux')).toBe(true)
    expect(isPressed('Mod+K', press('k', { metaKey: true }), 'mac')).toBe(true)
    expect(isPressed('Mod+K', press('k', { ctrlKey: true }), 'mac')).toBe(false)
    expect(isPressed('Ctrl+Tab', press('Tab', { ctrlKey: true }), 'mac')).toBe(true)
  })

  it('every modifier counts', () => {
    expect(isPressed('Mod+Shift+P', press('P', { ctrlKey: true, shiftKey: true }), 'windows')).toBe(true)
    expect(isPressed('Mod+P', press('P', { ctrlKey: true, shiftKey: true }), 'windows')).toBe(false)
    // AltGr types letters, it is no shortcut.
    expect(isPressed('Mod+E', press('e', { ctrlKey: true, altKey: true }), 'windows')).toBe(false)
    expect(isPressed('Mod+K', press('k'), 'linux')).toBe(false)
  })

  it('are named as the keyboard names them', () => {
    expect(keysFor('Mod+Shift+P', 'linux')).toBe('Ctrl Shift P')
    expect(keysFor('Mod+Shift+P', 'mac')).toBe('⌘ ⇧ P')
  })

  it('are each given once', () => {
    expect(new Set(SHORTCUTS.map(({ keys }) => keys)).size).toBe(SHORTCUTS.length)
    expect(new Set(SHORTCUTS.map(({ command }) => command)).size).toBe(SHORTCUTS.length)
  })
})
