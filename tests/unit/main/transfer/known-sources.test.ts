import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { knownSources } from '../../../../src-main/transfer/known-sources'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-sources-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('settings of other programs', () => {
  it.each([
    ['linux', 'XDG_CONFIG_HOME'],
    ['win32', 'APPDATA'],
  ] as const)('on %s are those that are there', (platform, variable) => {
    const environment = { [variable]: folder }
    const ours = () => knownSources(platform, environment).filter((path) => path.startsWith(folder))
    expect(ours()).toEqual([])
    mkdirSync(join(folder, 'MQTT-Explorer', 'settings.json'), { recursive: true })
    expect(ours()).toEqual([]) // a folder is none
    rmSync(join(folder, 'MQTT-Explorer'), { recursive: true })
    mkdirSync(join(folder, 'MQTT-Explorer'))
    writeFileSync(join(folder, 'MQTT-Explorer', 'settings.json'), '{}')
    expect(ours()).toEqual([join(folder, 'MQTT-Explorer', 'settings.json')])
  })

  it('without any there are none', () => {
    expect(knownSources('linux', { XDG_CONFIG_HOME: folder }).filter((path) => path.startsWith(folder))).toEqual([])
  })
})
