import type { FormatChoice } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import { renderPayload } from './decoding/render-payload'
import { encode } from './encoding/encoders'
import type { ChosenReading, MessagePayload, PayloadApi } from './payload-api'

/** What the payload thread does. */
export class PayloadReader implements PayloadApi {
  render(message: MessagePayload, chosen: ChosenReading, maxBytes: number): RenderedPayload {
    return renderPayload(message, chosen, maxBytes)
  }

  encode(text: string, format: FormatChoice): Uint8Array<ArrayBuffer> {
    return encode(text, format)
  }
}
