import { describe, expect, it } from 'vitest'
import { OutgoingAliases } from '../../../../../src-main/engine/connection/outgoing-aliases'

describe('OutgoingAliases', () => {
  it('gives none to a broker that takes none', () => {
    expect(new OutgoingAliases(0).take('a')).toBeNull()
  })

  it('gives each topic one, known from the second time on, and takes that of the topic used longest ago', () => {
    const aliases = new OutgoingAliases(2)
    const taken = ['a', 'b', 'a', 'c', 'a', 'b'].map((topic) => aliases.take(topic))
    expect(taken).toEqual([
      { alias: 1, isKnown: false },
      { alias: 2, isKnown: false },
      { alias: 1, isKnown: true },
      { alias: 2, isKnown: false },
      { alias: 1, isKnown: true },
      { alias: 2, isKnown: false },
    ])
  })
})
