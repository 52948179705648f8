import { Reader } from 'protobufjs'
import { compileProtobuf } from '../schemas/protobuf-schema'
import { detailOf, malformed, type Decoder, type Outcome } from './decoder'
import { valueOf } from './protobuf-value'
import { valueOutcome } from './value-outcome'
import { MOST_WIRE_FIELDS, TooManyFields, wireView } from './protobuf-wire-view'

/** By the message type of a .proto file; without one as the wire has it. */
export const decodeProtobuf: Decoder<'protobuf'> = ({ bytes, isWhole, aids }, { schemaId, messageType }) => {
  if (!isWhole) return { body: null, reason: { kind: 'limit', limit: 'bytes', most: bytes.byteLength } }
  if (schemaId === null) return withoutSchema(bytes)
  if (!aids.schemas.some(({ id }) => id === schemaId)) return { body: null, reason: { kind: 'schema-missing' } }
  const { root, problems } = compileProtobuf(aids.schemas, schemaId)
  const unusable = (detail: string): Outcome => ({ body: null, reason: { kind: 'schema-unusable', detail } })
  try {
    const type = root.lookupType(messageType)
    const reader = Reader.create(Buffer.from(bytes))
    reader.discardUnknown = false
    return valueOutcome(valueOf(type.decode(reader), type), bytes.byteLength, null)
  } catch (error) {
    if (error instanceof TooManyFields) return { body: null, reason: TOO_MANY }
    const [problem] = problems
    if (problem !== undefined) return unusable(problem.kind === 'missing' ? `${problem.name} is missing` : problem.detail)
    const detail = detailOf(error)
    return /^no such type/i.test(detail) ? unusable(`no message type ${messageType}`) : malformed(detail)
  }
}

const TOO_MANY = { kind: 'limit', limit: 'values', most: MOST_WIRE_FIELDS } as const

function withoutSchema(bytes: Uint8Array): Outcome {
  try {
    const { fields, isCut } = wireView(bytes)
    return valueOutcome(fields, bytes.byteLength, isCut ? TOO_MANY : null)
  } catch (error) {
    return malformed(detailOf(error))
  }
}
