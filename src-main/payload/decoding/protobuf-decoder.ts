import { Reader } from 'protobufjs'
import { toJsonForm } from '@shared/payload/json-form'
import { compileProtobuf } from '../schemas/protobuf-schema'
import { malformed, type Decoder, type Outcome } from './decoder'
import { valueOf } from './protobuf-value'
import { wireView } from './protobuf-wire-view'

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
    return shown(valueOf(type.decode(reader), type), bytes)
  } catch (error) {
    const [problem] = problems
    if (problem !== undefined) return unusable(problem.kind === 'missing' ? `${problem.name} is missing` : problem.detail)
    const detail = error instanceof Error ? error.message : String(error)
    return /^no such type/i.test(detail) ? unusable(`no message type ${messageType}`) : malformed(detail)
  }
}

function withoutSchema(bytes: Uint8Array): Outcome {
  try {
    return shown(wireView(bytes).fields, bytes)
  } catch (error) {
    return malformed(error instanceof Error ? error.message : String(error))
  }
}

function shown(value: unknown, bytes: Uint8Array): Outcome {
  return { body: { kind: 'text', language: 'json', text: toJsonForm(value).text }, shownBytes: bytes.byteLength, reason: null }
}
