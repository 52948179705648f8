import type { WireDataSet, WireMetric, WireParameter, WireProperty, WirePropertySet, WireTemplate, WireValue } from '../schemas/sparkplug-schema'
import { shownMetadata } from '../schemas/sparkplug-metadata'
import { dataTypeName, type SparkplugDataType } from '../schemas/sparkplug-types'
import { arrayValues } from './sparkplug-arrays'

type Members = Record<string, unknown>

/** A metric as JSON: names and types in words, numbers with their sign. @throws {Error} a value is none of its type */
export function metricValue(metric: WireMetric): Members {
  const type = typeOf(metric.datatype)
  return {
    ...present('name', metric.name),
    ...present('alias', metric.alias),
    ...present('timestamp', metric.timestamp),
    ...present('dataType', metric.datatype === undefined ? undefined : (type ?? metric.datatype)),
    ...present('isHistorical', metric.is_historical),
    ...present('isTransient', metric.is_transient),
    ...present('metadata', metric.metadata && shownMetadata(metric.metadata)),
    ...present('properties', metric.properties && propertySet(metric.properties)),
    value: metric.is_null === true ? null : contentOf(metric, type),
  }
}

const present = (name: string, value: unknown): Members => (value === undefined ? {} : { [name]: value })
const typeOf = (datatype: number | undefined): SparkplugDataType | null => (datatype === undefined ? null : dataTypeName(datatype))

function contentOf(metric: WireMetric, type: SparkplugDataType | null): unknown {
  if (metric.dataset_value !== undefined) return dataSet(metric.dataset_value)
  if (metric.template_value !== undefined) return template(metric.template_value)
  if (metric.bytes_value !== undefined) return (type && arrayValues(metric.bytes_value, type)) ?? metric.bytes_value
  return plainValue(metric, type)
}

/** A number, text or truth value. What was not sent is null. */
function plainValue(sent: WireValue, type: SparkplugDataType | null): unknown {
  const integer = sent.int_value ?? sent.long_value
  if (integer !== undefined) return signed(integer, type)
  return sent.float_value ?? sent.double_value ?? sent.boolean_value ?? sent.string_value ?? null
}

/** Negative numbers are sent as their two's complement in an unsigned field (Sparkplug 3.0, 6.4.16). */
const SIGNED_BITS: { readonly [Name in SparkplugDataType]?: number } = { Int8: 8, Int16: 16, Int32: 32, Int64: 64 }

function signed(integer: number | bigint, type: SparkplugDataType | null): number | bigint {
  const bits = type === null ? undefined : SIGNED_BITS[type]
  if (bits === undefined) return integer
  const value = BigInt.asIntN(bits, BigInt(integer))
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function dataSet({ columns = [], types = [], rows = [] }: WireDataSet): Members {
  const names = types.map((type) => dataTypeName(type))
  return {
    columns,
    types: types.map((type, index) => names[index] ?? type),
    rows: rows.map(({ elements = [] }) => elements.map((element, index) => plainValue(element, names[index] ?? null))),
  }
}

function template({ version, metrics = [], parameters = [], template_ref, is_definition }: WireTemplate): Members {
  return {
    ...present('version', version),
    ...present('templateRef', template_ref),
    ...present('isDefinition', is_definition),
    ...(parameters.length > 0 && { parameters: parameters.map(parameter) }),
    metrics: metrics.map(metricValue),
  }
}

function parameter(sent: WireParameter): Members {
  const type = typeOf(sent.type)
  return { ...present('name', sent.name), ...present('dataType', type ?? sent.type), value: plainValue(sent, type) }
}

function propertySet({ keys = [], values = [] }: WirePropertySet): Members {
  return Object.fromEntries(keys.map((key, index) => [key, property(values[index] ?? {})]))
}

function property(sent: WireProperty): Members {
  const type = typeOf(sent.type)
  const value = sent.is_null === true ? null
    : sent.propertyset_value !== undefined ? propertySet(sent.propertyset_value)
    : sent.propertysets_value !== undefined ? (sent.propertysets_value.propertyset ?? []).map(propertySet)
    : plainValue(sent, type)
  return { ...present('dataType', type ?? sent.type), value }
}
