import { describe, expect, it } from 'vitest'
import { packetFilterSchema, packetNameSchema, EVERY_PACKET } from '@shared/packets/packet-log'
import { choiceOf, KIND_GROUP_NAMES, kindsOf } from '../../../../../src-renderer/features/packets/packet-kinds'

describe('a choice of packets', () => {
  it.each([...KIND_GROUP_NAMES, ...packetNameSchema.options])('%s comes back from what it lets through', (choice) => {
    const kinds = kindsOf(choice)
    expect(choiceOf(kinds)).toBe(choice)
    expect(packetFilterSchema.parse({ ...EVERY_PACKET, kinds })).toMatchObject({ kinds })
  })

  it('is in one family at least, whatever the packet', () => {
    const all = KIND_GROUP_NAMES.flatMap((group) => kindsOf(group) ?? [])
    expect(new Set(all)).toEqual(new Set([...packetNameSchema.options, 'event']))
  })
})
