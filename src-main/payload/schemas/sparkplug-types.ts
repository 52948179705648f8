/** Sparkplug's data types in the order of their numbers (Sparkplug 3.0, 6.4.16). */
const NAMES = [
  'Unknown', 'Int8', 'Int16', 'Int32', 'Int64', 'UInt8', 'UInt16', 'UInt32', 'UInt64', 'Float', 'Double', 'Boolean', 'String', 'DateTime',
  'Text', 'UUID', 'DataSet', 'Bytes', 'File', 'Template', 'PropertySet', 'PropertySetList', 'Int8Array', 'Int16Array', 'Int32Array',
  'Int64Array', 'UInt8Array', 'UInt16Array', 'UInt32Array', 'UInt64Array', 'FloatArray', 'DoubleArray', 'BooleanArray', 'StringArray',
  'DateTimeArray',
] as const
export type SparkplugDataType = (typeof NAMES)[number]

/** The name of a data type; null for a number that has none. */
export function dataTypeName(number: number): SparkplugDataType | null {
  return NAMES[number] ?? null
}

/** The number of a data type, by its name in any case; null for a name that is none. */
export function dataTypeNumber(name: string): number | null {
  const index = NAMES.findIndex((other) => other.toLowerCase() === name.toLowerCase())
  return index < 0 ? null : index
}
