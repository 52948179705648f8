import { generate } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { publishPacketBytes } from '@shared/mqtt/publish-bytes'

const SIZES = [0, 1, 110, 120, 130, 16_360, 16_380, 2_097_130, 2_097_150]

it.each([4, 5] as const)('a PUBLISH has as many bytes as another program writes, MQTT %i', (protocolVersion) => {
  for (const topic of ['a/b', 'größe/✓']) {
    for (const qos of [0, 1, 2] as const) {
      for (const size of SIZES) {
        const packet = { cmd: 'publish', topic, payload: Buffer.alloc(size), qos, retain: false, dup: false, messageId: 1 } as const
        expect(publishPacketBytes(topic, size, qos, protocolVersion === 5)).toBe(generate(packet, { protocolVersion }).byteLength)
      }
    }
  }
})
