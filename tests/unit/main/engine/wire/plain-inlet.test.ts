import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { PlainInlet } from '../../../../../src-main/engine/wire/plain-inlet'
import { PacketScanner } from '../../../../../src-main/engine/wire/packet-scanner'

/** Reads packets in chunks of any size, and gives back what was taken. */
function readThrough(packets: readonly Buffer[], chunkBytes: () => number): Buffer[] {
  const inlet = new PlainInlet()
  const taken: Buffer[] = []
  const scanner = new PacketScanner(inlet, 2 ** 28, (bytes, start, _bodyStart, end) => taken.push(Buffer.from(bytes.subarray(start, end))))
  const stream = Buffer.concat(packets)
  for (let at = 0; at < stream.length; ) {
    const room = inlet.room()
    if (room.byteLength === 0) throw new Error('no room')
    const chunk = stream.subarray(at, at + Math.min(room.byteLength, chunkBytes()))
    room.set(chunk)
    inlet.filled(chunk.byteLength)
    scanner.scan()
    at += chunk.byteLength
  }
  return taken
}

const packetOf = (bytes: number) => generate({ cmd: 'publish', topic: 't', payload: Buffer.alloc(bytes, bytes % 251), qos: 0, retain: true, dup: false })

it('gives each packet whole, however the network cuts them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(200), fc.nat(300_000)), { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 200_000 })),
      (sizes, chunks) => {
        const packets = sizes.map(packetOf)
        const taken = readThrough(packets, () => chunks.next().value ?? 1)
        return Buffer.concat(taken).equals(Buffer.concat(packets)) && taken.length === packets.length
      },
    ),
    { numRuns: 40 },
  )
})

it('does not take a declared length for what has come', () => {
  const inlet = new PlainInlet()
  inlet.room()
  inlet.filled(10)
  inlet.expect(200_000_000)
  inlet.room()
  expect(inlet.bytes.byteLength).toBeLessThan(1_000_000)
})

it('takes nothing once it is closed', () => {
  const inlet = new PlainInlet()
  inlet.close()
  inlet.room()
  inlet.filled(5)
  expect(inlet.end).toBe(0)
})
