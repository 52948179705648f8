import { AppError } from '@shared/ipc/app-error'
import { encodePayload } from '@shared/payload/payload-codec'
import type { FormatChoice } from '@shared/payload/reading'
import type { RenderedPayload } from '@shared/payload/rendered-payload'
import type { JsonProblem, SchemaFile, SchemaReport } from '@shared/schemas/schema-file'
import { renderPayload } from './decoding/render-payload'
import type { ChosenReading, MessagePayload, PayloadApi } from './payload-api'
import { inspectSchemas } from './schemas/inspect-schemas'
import { validateJson } from './schemas/json-schema'

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

  inspectSchemas(files: readonly SchemaFile[], wanted: readonly string[]): SchemaReport[] {
    return inspectSchemas(files, wanted)
  }

  validateJson(text: string, files: readonly SchemaFile[], schemaId: string): JsonProblem[] {
    return validateJson(text, files, schemaId)
  }
}

function notEncoded(reason: string): AppError {
  return new AppError('payload-not-encoded', 'The text is no payload of this format', { reason })
}
