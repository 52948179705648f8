import type { Type } from 'avsc'
import type { SchemaFile } from '@shared/schemas/schema-file'
import type { ChoiceOf } from '../decoding/decoder'
import { compileAvro } from '../schemas/avro-schema'
import type { Encoder } from './encoder'
import { formOf } from './form-of'
import { MemberFault, placingFaults } from './member-fault'

/** A value by an Avro schema, alone: without container or registry header. */
export const encodeAvro: Encoder<'avro'> = (text, choice, schemas) => {
  const value = formOf(text)
  return placingFaults(text, () => bytesOf(value, choice, schemas))
}

function bytesOf(value: unknown, { schemaId }: ChoiceOf<'avro'>, schemas: readonly SchemaFile[]): Uint8Array {
  if (schemaId === null) throw new MemberFault([], 'Avro cannot be written without a schema')
  if (!schemas.some(({ id }) => id === schemaId)) throw new MemberFault([], 'the schema is no longer in the library')
  const { type } = compileAvro(schemas, schemaId)
  if (type === null) throw new MemberFault([], 'the schema cannot be used')
  const prepared = withBuffers(value)
  // It tells of the first value that does not fit.
  type.isValid(prepared, {
    noUndeclaredFields: true,
    errorHook: (path: string[], _value: unknown, wanted: Type) => {
      throw new MemberFault(path.map((step) => (/^\d+$/.test(step) ? Number(step) : step)), `must be ${nameOf(wanted)}`)
    },
  })
  return type.toBuffer(prepared)
}

/** Our own long is an `abstract:long` to avsc. */
const nameOf = ({ name, typeName }: Type): string => name ?? typeName.replace('abstract:', '')

/** avsc takes bytes as `Buffer` alone. */
function withBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (Array.isArray(value)) return value.map(withBuffers)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withBuffers(member)]))
}
