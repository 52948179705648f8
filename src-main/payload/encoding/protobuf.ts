import type { SchemaFile } from '@shared/schemas/schema-file'
import type { ChoiceOf } from '../decoding/decoder'
import { compileProtobuf } from '../schemas/protobuf-schema'
import { EncodingFault } from './encoding-fault'
import { messageOf } from './protobuf-message'
import { wireBytes } from './protobuf-wire'

/** A message of the chosen type; without a schema, fields as the wire has them. @throws {EncodingFault} */
export function encodeProtobuf(value: unknown, { schemaId, messageType }: ChoiceOf<'protobuf'>, schemas: readonly SchemaFile[]): Uint8Array {
  if (schemaId === null) return wireBytes(value)
  if (!schemas.some(({ id }) => id === schemaId)) throw new EncodingFault('', 'the .proto file is no longer in the library')
  const { root, types } = compileProtobuf(schemas, schemaId)
  const type = typeOf(root, messageType)
  if (type === null) throw new EncodingFault('', `there is no message type ${messageType} (there are ${types.join(', ')})`)
  return type.encode(messageOf(value, type)).finish()
}

function typeOf(root: ReturnType<typeof compileProtobuf>['root'], name: string): ReturnType<typeof root.lookupType> | null {
  try {
    return root.lookupType(name)
  } catch {
    return null
  }
}
