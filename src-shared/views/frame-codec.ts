import { decode, Encoder } from '@msgpack/msgpack'
import { viewFrameSchema, type ViewFrame } from './view-frame'

/** The first byte of every frame; another number, another layout. */
const FRAME_VERSION = 1

/** Keeps the memory it packs into, which frame after frame would only make garbage of. */
const encoder = new Encoder()

/** Packs a frame into bytes of their own, cheap to hand from process to process: the version, then MessagePack. */
export function packFrame(frame: ViewFrame): Uint8Array<ArrayBuffer> {
  const packed = encoder.encodeSharedRef(frame)
  const bytes = new Uint8Array(1 + packed.byteLength)
  bytes[0] = FRAME_VERSION
  bytes.set(packed, 1)
  return bytes
}

/** Unpacks and checks a frame. Throws when the bytes are no frame of this version. */
export function unpackFrame(bytes: Uint8Array): ViewFrame {
  if (bytes[0] !== FRAME_VERSION) throw new Error(`a frame of version ${bytes[0]}, not ${FRAME_VERSION}`)
  return viewFrameSchema.parse(decode(bytes.subarray(1)))
}
