import { basename, join, normalize, win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payloadFileName, safeName } from '../../../../src-main/export/file-names'
import { anyText } from '../support/any-text'

const text = { text: 'x', encoding: 'utf-8' } as const

describe('names of payload files', () => {
  it.each(['../x', '/etc/passwd', '..\\..\\x', 'C:\\x', 'CON', 'con.txt', 'NUL', 'COM1', 'a/../../b', '..', '.', '', '~', 'x:stream', 'a\u0000b', 'a\u202etxt.exe', 'end. ', '$(rm)', '*?"<>|', 'é'.repeat(400), '日本'.repeat(300), '😀'.repeat(200)])(
    'are names of files in their folder, for the topic %j too',
    (topic) => {
      const name = payloadFileName(1, topic, text)
      expect(name).toMatch(/^000001 .+\.txt$/)
      expectSafe(name)
    },
  )

  it('are so for any topic', () => {
    fc.assert(fc.property(anyText(300), (topic) => expectSafe(payloadFileName(1, topic, text))))
  })

  it('differ for topics that differ in nothing a name can show', () => {
    const names = ['a/b', 'a_b', 'A/B', 'a:b', 'a/b'].map((topic, index) => payloadFileName(index + 1, topic, text).toLowerCase())
    expect(new Set(names).size).toBe(names.length)
  })

  it('end as what they hold', () => {
    expect(payloadFileName(12, 'a', { text: ' {"x":1}', encoding: 'utf-8' })).toBe('000012 a.json')
    expect(payloadFileName(1_234_567, 'a', { text: 'AA==', encoding: 'base64' })).toBe('1234567 a.bin')
  })

  it('keep what can be read of a topic', () => {
    expect(safeName('plant/Halle 3/Gerät')).toBe('plant_Halle 3_Gerät')
  })
})

function expectSafe(name: string): void {
  for (const path of [{ join, normalize, basename }, win32]) {
    expect(path.basename(name)).toBe(name)
    expect(path.normalize(path.join('folder', name))).toBe(path.join('folder', name))
  }
  expect(Buffer.byteLength(name)).toBeLessThan(200)
  expect(name).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]|[. ]$/)
  expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
}
