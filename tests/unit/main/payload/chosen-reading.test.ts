import { describe, expect, it, vi } from 'vitest'
import { AUTOMATIC, type Reading } from '@shared/payload/reading'
import { chooseReading, type PayloadLore } from '../../../../src-main/payload/chosen-reading'

const cbor: Reading = { compression: 'auto', format: { kind: 'cbor' } }
const hex: Reading = { compression: 'none', format: { kind: 'hex' } }
const lore: PayloadLore = { readingFor: (topic) => (topic === 'plant/raw' ? cbor : null), schemasFor: () => [] }
const source = (births: Record<string, Uint8Array>) => ({ call: vi.fn((_method: 'readNearest', topic: string) => Promise.resolve(births[topic] ?? null)) })

describe('how a message is read', () => {
  it('is said by hand, else by the first rule, else by what it looks like', async () => {
    const nothing = source({})
    expect(await chooseReading({ topic: 'plant/raw', sequence: 1 }, hex, lore, nothing)).toMatchObject({ reading: hex, by: 'hand' })
    expect(await chooseReading({ topic: 'plant/raw', sequence: 1 }, null, lore, nothing)).toMatchObject({ reading: cbor, by: 'rule' })
    expect(await chooseReading({ topic: 'other', sequence: 1 }, null, lore, nothing)).toMatchObject({ reading: AUTOMATIC, by: null })
    expect(nothing.call).not.toHaveBeenCalled()
  })

  it('takes the BIRTHs of its edge node and device, where it is of Sparkplug', async () => {
    const births = { 'spBv1.0/g/NBIRTH/n': Uint8Array.of(1), 'spBv1.0/g/DBIRTH/n/d': Uint8Array.of(2) }
    const engine = source(births)
    const { aids } = await chooseReading({ topic: 'spBv1.0/g/DDATA/n/d', sequence: 7 }, null, lore, engine)
    expect(aids?.births).toEqual(Object.values(births))
    expect(engine.call.mock.calls[0]?.slice(0, 3)).toEqual(['readNearest', 'spBv1.0/g/NBIRTH/n', 7])
    const alone = await chooseReading({ topic: 'spBv1.0/other/NDATA/n', sequence: 7 }, null, lore, engine)
    expect(alone.aids?.births).toEqual([])
    const asHex = await chooseReading({ topic: 'spBv1.0/g/DDATA/n/d', sequence: 7 }, hex, lore, engine)
    expect(asHex.aids?.births).toEqual([])
  })
})
