import { decode, encode } from '@msgpack/msgpack'
import { viewFrameSchema, type ViewFrame } from './view-frame'

/** Packs a frame into bytes of their own, cheap to hand from process to process. */
export function packFrame(frame: ViewFrame): Uint8Array<ArrayBuffer> {
  return encode(frame).slice()
}

/** Unpacks and checks a frame. Throws when the bytes are no frame. */
export function unpackFrame(bytes: Uint8Array): ViewFrame {
  return viewFrameSchema.parse(decode(bytes))
}
