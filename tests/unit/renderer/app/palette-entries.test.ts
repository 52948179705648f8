import { Plus } from '@lucide/vue'
import { describe, expect, it } from 'vitest'
import { fuzzyScore } from '../../../../src-renderer/app/fuzzy-match'
import { findEntries, type PaletteEntry, type PaletteGroup } from '../../../../src-renderer/app/palette-entries'

const entry = (group: PaletteGroup, label: string, detail?: string): PaletteEntry => ({
  id: `${group} ${label}`,
  group,
  label,
  detail,
  icon: Plus,
  run: () => undefined,
})

const entries = [
  entry('commands', 'New connection'),
  entry('commands', 'Connect'),
  entry('commands', 'Disconnect'),
  entry('tabs', 'Switch to Plant Hamburg', 'mqtt://plant:1883'),
  entry('profiles', 'Connect Staging', 'mqtt://10.0.0.7:1884'),
  entry('topics', 'Go to topic “conn”'),
]
const labels = (query: string) => findEntries(entries, query).flatMap((group) => group.entries.map(({ label }) => label))

describe('fuzzyScore', () => {
  it('wants the letters in order, and likes beginnings of words', () => {
    expect(fuzzyScore('nc', 'New connection')).not.toBeNull()
    expect(fuzzyScore('cn', 'New')).toBeNull()
    expect(fuzzyScore('nc', 'New connection') ?? 0).toBeGreaterThan(fuzzyScore('nc', 'Disconnect') ?? 0)
    expect(fuzzyScore('', 'anything')).toBe(0)
  })
})

describe('findEntries', () => {
  it('shows all, in the order given, for an empty query', () => {
    expect(findEntries(entries, ' ').map(({ group }) => group)).toEqual(['commands', 'tabs', 'profiles', 'topics'])
  })

  it('puts the best match first, of the best group', () => {
    expect(labels('connect')[0]).toBe('Connect')
    expect(labels('plant')[0]).toBe('Switch to Plant Hamburg')
  })

  it('finds by address too, and keeps the way to a topic', () => {
    expect(labels('10.0.0.7')).toEqual(['Connect Staging', 'Go to topic “conn”'])
  })
})
