import type { Rows } from '@shared/collections/rows'
import { AppError } from '@shared/ipc/app-error'
import { encodePayload } from '@shared/payload/payload-codec'
import type { FormatChoice } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { readRows } from './rows/read-rows'
import { renderPayload } from './decoding/render-payload'
import type { ChosenReading, MessagePayload, PayloadApi } from './payload-api'

/** What the payload thread does. */
export class PayloadReader implements PayloadApi {
  render(message: MessagePayload, chosen: ChosenReading, maxBytes: number): RenderedPayload {
    return renderPayload(message, chosen, maxBytes)
  }

  encode(text: string, { kind }: FormatChoice): Uint8Array<ArrayBuffer> {
    if (kind !== 'json' && kind !== 'text' && kind !== 'hex' && kind !== 'base64') throw notEncoded(`${kind} cannot be written`)
    const encoded = encodePayload(text, kind)
    if (!encoded.ok) throw notEncoded(encoded.fault.kind)
    return Uint8Array.from(encoded.bytes)
  }

  readRows(bytes: Uint8Array): Rows {
    return readRows(bytes)
  }
}

function notEncoded(reason: string): AppError {
  return new AppError('payload-not-encoded', 'The text is no payload of this format', { reason })
}
