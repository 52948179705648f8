import type { FieldPath } from '@shared/payload/field-path'
import { arrayBytes } from '../decoding/sparkplug-arrays'
import { SPARKPLUG_PAYLOAD } from '../schemas/sparkplug-schema'
import { METADATA_MEMBERS, sentMetadata } from '../schemas/sparkplug-metadata'
import { dataTypeName, dataTypeNumber, type SparkplugDataType } from '../schemas/sparkplug-types'
import type { Encoder } from './encoder'
import { formOf } from './form-of'
import { MemberFault, placingFaults, floatOf, integerOf, wellFormedOf, listOf, membersOf, type Members } from './member-fault'
import { messageOf } from './protobuf-message'

/** A payload of Sparkplug B, from the form it is shown in. */
export const encodeSparkplug: Encoder<'sparkplug'> = (text) => {
  const value = formOf(text)
  return placingFaults(text, () => bytesOf(value))
}

function bytesOf(value: unknown): Uint8Array {
  const { metrics = [], ...payload } = allowed(value, [], ['timestamp', 'seq', 'uuid', 'body', 'metrics'])
  const wire = { ...payload, metrics: listOf(metrics, ['metrics']).map((metric, index) => metricOf(metric, ['metrics', index])) }
  return SPARKPLUG_PAYLOAD.encode(messageOf(wire, SPARKPLUG_PAYLOAD)).finish()
}

/** The members of an object that has no others than these. */
function allowed(value: unknown, path: FieldPath, names: readonly string[]): Members {
  const members = membersOf(value, path)
  const surplus = Object.keys(members).find((name) => !names.includes(name))
  if (surplus !== undefined) throw new MemberFault([...path, surplus], 'is nothing Sparkplug knows here')
  return members
}

const METRIC_MEMBERS = ['name', 'alias', 'timestamp', 'dataType', 'isHistorical', 'isTransient', 'metadata', 'properties', 'value']

function metricOf(metric: unknown, path: FieldPath): Members {
  const { dataType, isHistorical, isTransient, metadata, properties, value, ...named } = allowed(metric, path, METRIC_MEMBERS)
  const type = typeOf(dataType, [...path, 'dataType'])
  return {
    ...named,
    datatype: dataTypeNumber(type),
    is_historical: isHistorical ?? null,
    is_transient: isTransient ?? null,
    metadata: metadata === undefined ? null : sentMetadata(allowed(metadata, [...path, 'metadata'], METADATA_MEMBERS)),
    properties: properties === undefined ? null : propertySet(properties, [...path, 'properties']),
    ...(value === null || value === undefined ? { is_null: true } : contentOf(value, type, [...path, 'value'])),
  }
}

function typeOf(name: unknown, path: FieldPath): SparkplugDataType {
  const number = typeof name === 'string' ? dataTypeNumber(name) : null
  const type = number === null ? null : dataTypeName(number)
  if (type === null) throw new MemberFault(path, 'must be a data type, as Int32, Double or String')
  return type
}

function contentOf(value: unknown, type: SparkplugDataType, path: FieldPath): Members {
  switch (type) {
    case 'DataSet':
      return { dataset_value: dataSet(value, path) }
    case 'Template':
      return { template_value: template(value, path) }
    case 'Bytes':
    case 'File':
      if (!(value instanceof Uint8Array)) throw new MemberFault(path, 'must be bytes: {"$bytes": "<base64>"}')
      return { bytes_value: value }
    default:
      if (type.endsWith('Array')) return { bytes_value: arrayOf(value, type, path) }
      return plainOf(value, type, path)
  }
}

function arrayOf(value: unknown, type: SparkplugDataType, path: FieldPath): Uint8Array | null {
  try {
    return arrayBytes(listOf(value, path).map((item, index) => itemOf(item, type.slice(0, -'Array'.length), [...path, index])), type)
  } catch (error) {
    if (error instanceof MemberFault) throw error
    throw new MemberFault(path, error instanceof Error ? error.message : String(error))
  }
}

/** An item of an array, which cannot hold all that a number or a text can be. */
function itemOf(value: unknown, type: string, path: FieldPath): unknown {
  const name = dataTypeName(dataTypeNumber(type) ?? 0)
  const integer = name === null ? undefined : INTEGERS[name]
  if (integer !== undefined) return integerOf(value, ...rangeOf(integer), path)
  if (type === 'Float' || type === 'Double') return floatOf(value, type === 'Float' ? 32 : 64, path)
  if (type !== 'String') return value
  const text = wellFormedOf(value, path)
  if (text.includes('\0')) throw new MemberFault(path, 'holds a zero byte, which ends a text here')
  return text
}

const INTEGERS: { readonly [Name in SparkplugDataType]?: { bits: bigint; signed: boolean } } = {
  Int8: { bits: 8n, signed: true },
  Int16: { bits: 16n, signed: true },
  Int32: { bits: 32n, signed: true },
  Int64: { bits: 64n, signed: true },
  UInt8: { bits: 8n, signed: false },
  UInt16: { bits: 16n, signed: false },
  UInt32: { bits: 32n, signed: false },
  UInt64: { bits: 64n, signed: false },
  DateTime: { bits: 64n, signed: false },
}

function rangeOf({ bits, signed }: { bits: bigint; signed: boolean }): [least: bigint, most: bigint] {
  return signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n]
}

/** The one field that holds a value of this type. Negative numbers go as two's complement of the field's size. */
function plainOf(value: unknown, type: SparkplugDataType, path: FieldPath): Members {
  const integer = INTEGERS[type]
  if (integer !== undefined) {
    const { bits } = integer
    const number = integerOf(value, ...rangeOf(integer), path)
    // Other implementations look for unsigned numbers of 32 bits in the field of 64, as the specification has it.
    if (bits === 64n || type === 'UInt32') return { long_value: BigInt.asUintN(64, number) }
    return { int_value: BigInt.asUintN(32, number) }
  }
  switch (type) {
    case 'Float':
      return { float_value: floatOf(value, 32, path) }
    case 'Double':
      return { double_value: floatOf(value, 64, path) }
    case 'Boolean':
      if (typeof value !== 'boolean') throw new MemberFault(path, 'must be true or false')
      return { boolean_value: value }
    case 'String':
    case 'Text':
    case 'UUID':
      return { string_value: wellFormedOf(value, path) }
    default:
      throw new MemberFault(path, `${type} cannot be written here`)
  }
}

function dataSet(value: unknown, path: FieldPath): Members {
  const members = allowed(value, path, ['columns', 'types', 'rows'])
  const columns = listOf(members.columns ?? [], [...path, 'columns'])
  const types = listOf(members.types ?? [], [...path, 'types']).map((type, index) => typeOf(type, [...path, 'types', index]))
  const rows = listOf(members.rows ?? [], [...path, 'rows']).map((row, index) => {
    const cells = listOf(row, [...path, 'rows', index])
    if (cells.length !== types.length) throw new MemberFault([...path, 'rows', index], `must have ${types.length} values, one a type`)
    return { elements: types.map((type, column) => (cells[column] === null ? {} : plainOf(cells[column], type, [...path, 'rows', index, column]))) }
  })
  return { num_of_columns: columns.length, columns, types: types.map((type) => dataTypeNumber(type)), rows }
}

function template(value: unknown, path: FieldPath): Members {
  const { version = null, templateRef = null, isDefinition = null, parameters = [], metrics = [] } = allowed(value, path, [
    'version', 'templateRef', 'isDefinition', 'parameters', 'metrics',
  ])
  return {
    version,
    template_ref: templateRef,
    is_definition: isDefinition,
    parameters: listOf(parameters, [...path, 'parameters']).map((item, index) => parameterOf(item, [...path, 'parameters', index])),
    metrics: listOf(metrics, [...path, 'metrics']).map((metric, index) => metricOf(metric, [...path, 'metrics', index])),
  }
}

function parameterOf(item: unknown, path: FieldPath): Members {
  const { name = null, dataType, value } = allowed(item, path, ['name', 'dataType', 'value'])
  const type = typeOf(dataType, [...path, 'dataType'])
  return { name, type: dataTypeNumber(type), ...(value === null || value === undefined ? {} : plainOf(value, type, [...path, 'value'])) }
}

function propertySet(value: unknown, path: FieldPath): Members {
  const entries = Object.entries(membersOf(value, path))
  return { keys: entries.map(([key]) => key), values: entries.map(([key, item]) => propertyOf(item, [...path, key])) }
}

function propertyOf(item: unknown, path: FieldPath): Members {
  const { dataType, value } = allowed(item, path, ['dataType', 'value'])
  const type = typeOf(dataType, [...path, 'dataType'])
  const sent = { type: dataTypeNumber(type) }
  const at = [...path, 'value']
  if (value === null || value === undefined) return { ...sent, is_null: true }
  if (type === 'PropertySet') return { ...sent, propertyset_value: propertySet(value, at) }
  if (type === 'PropertySetList') {
    return { ...sent, propertysets_value: { propertyset: listOf(value, at).map((set, index) => propertySet(set, [...at, index])) } }
  }
  return { ...sent, ...plainOf(value, type, at) }
}
