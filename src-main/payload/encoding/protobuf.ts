import type { SchemaFile } from '@shared/schemas/schema-file'
import type { ChoiceOf } from '../decoding/decoder'
import { compileProtobuf } from '../schemas/protobuf-schema'
import type { Encoder } from './encoder'
import { formOf } from './form-of'
import { MemberFault, placingFaults } from './member-fault'
import { messageOf } from './protobuf-message'
import { wireBytes } from './protobuf-wire'

/** A message of the chosen type; without a schema, fields as the wire has them. */
export const encodeProtobuf: Encoder<'protobuf'> = (text, choice, schemas) => {
  const value = formOf(text)
  return placingFaults(text, () => bytesOf(value, choice, schemas))
}

function bytesOf(value: unknown, { schemaId, messageType }: ChoiceOf<'protobuf'>, schemas: readonly SchemaFile[]): Uint8Array {
  if (schemaId === null) return wireBytes(value)
  if (!schemas.some(({ id }) => id === schemaId)) throw new MemberFault([], 'the .proto file is no longer in the library')
  const { root, types } = compileProtobuf(schemas, schemaId)
  const type = typeOf(root, messageType)
  if (type === null) throw new MemberFault([], `there is no message type ${messageType} (there are ${types.join(', ')})`)
  return type.encode(messageOf(value, type)).finish()
}

function typeOf(root: ReturnType<typeof compileProtobuf>['root'], name: string): ReturnType<typeof root.lookupType> | null {
  try {
    return root.lookupType(name)
  } catch {
    return null
  }
}
