import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FrameReader } from '../../../../../src-main/engine/connection/frame-reader'

// RFC 6455, section 5.2: what stands in the first byte of a frame.
const BINARY = 0x82
const BINARY_BEGINS = 0x02
const GOES_ON = 0x00
const ENDS = 0x80
const TEXT = 0x81
const PING = 0x89
const COMPRESSED = 0xc2

interface Frame {
  readonly first: number
  readonly payload: Buffer
}

function encode({ first, payload }: Frame): Buffer {
  const { length } = payload
  if (length < 126) return Buffer.concat([Buffer.from([first, length]), payload])
  const header = Buffer.alloc(length < 65_536 ? 4 : 10)
  header[0] = first
  header[1] = length < 65_536 ? 126 : 127
  if (length < 65_536) header.writeUInt16BE(length, 2)
  else header.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([header, payload])
}

function decode(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < bytes.length; ) {
    const short = bytes.readUInt8(at + 1)
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10)
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    if (start + length > bytes.length) throw new Error('a frame is cut off')
    frames.push({ first: bytes.readUInt8(at), payload: bytes.subarray(start, start + length) })
    at = start + length
  }
  return frames
}

/** What frames say, wherever binary messages that follow each other are parted. */
function meaningOf(frames: readonly Frame[]): string[] {
  const meaning: { first: number; payload: Buffer }[] = []
  for (const frame of frames) {
    const last = meaning.at(-1)
    if (frame.first === BINARY && last?.first === BINARY) last.payload = Buffer.concat([last.payload, frame.payload])
    else meaning.push({ ...frame })
  }
  return meaning.map(({ first, payload }) => `${first} ${payload.toString('hex')}`)
}

function useReader() {
  const network = new Readable({ read: () => undefined })
  const messages = new Readable({ read: () => undefined })
  const reader = new FrameReader()
  reader.attach(network)
  let taken = Buffer.alloc(0)
  return {
    network,
    begin: () => reader.begin(messages),
    room: () => reader.room(),
    arrive(bytes: Buffer) {
      for (let at = 0; at < bytes.length; ) {
        const room = reader.room()
        const count = Math.min(room.length, bytes.length - at)
        room.set(bytes.subarray(at, at + count))
        reader.filled(count)
        at += count
      }
    },
    /** Takes what there is to read, as it is then. */
    take(): Buffer {
      for (let chunk = network.read() as Buffer | null; chunk !== null; chunk = network.read() as Buffer | null) taken = Buffer.concat([taken, chunk])
      return taken
    },
  }
}

const frame = fc.record({
  first: fc.oneof({ weight: 6, arbitrary: fc.constant(BINARY) }, fc.constantFrom(BINARY_BEGINS, GOES_ON, ENDS, TEXT, PING, COMPRESSED)),
  payload: fc
    .tuple(fc.oneof({ weight: 12, arbitrary: fc.nat(200) }, { weight: 2, arbitrary: fc.nat(3_000) }, { weight: 1, arbitrary: fc.integer({ min: 65_000, max: 70_000 }) }), fc.nat(255))
    .map(([length, start]) => Buffer.from(Uint8Array.from({ length }, (_, index) => start + index))),
})

it('says the same as the frames that came, however they are cut and whenever they are taken', () => {
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 40 }),
      fc.array(fc.record({ bytes: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 90_000 })), takes: fc.boolean() }), { minLength: 1, maxLength: 20 }),
      (frames, cuts) => {
        const bench = useReader()
        bench.begin()
        const bytes = Buffer.concat(frames.map(encode))
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const cut = cuts[turn % cuts.length]
          const end = at + (cut?.bytes ?? 1)
          bench.arrive(bytes.subarray(at, end))
          if (cut?.takes === true) bench.take()
          at = end
        }
        expect(meaningOf(decode(bench.take()))).toEqual(meaningOf(frames))
      },
    ),
  )
})

it('makes one frame of whole binary ones that came together', () => {
  const bench = useReader()
  bench.begin()
  const packets = Array.from({ length: 1_000 }, (_, index) => ({ first: BINARY, payload: Buffer.from(`packet ${index}`) }))
  bench.arrive(Buffer.concat(packets.map(encode)))
  expect(decode(bench.take())).toHaveLength(1)
})

it('passes on as it is what came before the first frame, and frames that came with it', () => {
  const bench = useReader()
  const answer = Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n')
  const early = Buffer.concat([encode({ first: BINARY, payload: Buffer.from('a') }), encode({ first: BINARY, payload: Buffer.from('b') })])
  bench.arrive(Buffer.concat([answer, early]))
  bench.begin()
  bench.arrive(early)
  expect(bench.take()).toEqual(Buffer.concat([answer, early, early]))
})

it('reads into the same memory again only when all of it was taken', () => {
  const bench = useReader()
  bench.begin()
  const bytes = encode({ first: BINARY, payload: Buffer.from('a') })
  bench.arrive(bytes)
  const { buffer } = bench.room()
  bench.arrive(bytes)
  expect(bench.room().buffer).not.toBe(buffer)
  bench.take()
  const later = bench.room().buffer
  bench.arrive(bytes)
  bench.take()
  expect(bench.room().buffer).toBe(later)
})

it('lets the library keep what is no whole frame yet', () => {
  const bench = useReader()
  bench.begin()
  const bytes = encode({ first: BINARY, payload: Buffer.alloc(100_000, 'large') })
  const kept: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 30_000) {
    bench.arrive(bytes.subarray(at, at + 30_000))
    kept.push(bench.network.read() as Buffer)
  }
  expect(Buffer.concat(kept).equals(bytes)).toBe(true)
})
