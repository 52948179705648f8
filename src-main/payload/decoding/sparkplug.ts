import { sparkplugTopic } from '@shared/payload/sparkplug-topic'
import { remembering } from '../schemas/remembering'
import { SPARKPLUG_PAYLOAD, type WireMetric, type WirePayload } from '../schemas/sparkplug-schema'
import { detailOf, malformed, type Decoder } from './decoder'
import { valueOf } from './protobuf-value'
import { metricValue } from './sparkplug-value'
import { valueOutcome } from './value-outcome'

/** What BIRTHs say of metrics: DATA may name them by alias alone, and leave out their type. */
interface KnownMetrics {
  readonly byAlias: ReadonlyMap<string, WireMetric>
  readonly byName: ReadonlyMap<string, WireMetric>
}

/** STATE aside, which is JSON. Metrics are named with the help of the BIRTHs among the aids. */
export const decodeSparkplug: Decoder<'sparkplug'> = ({ bytes, isWhole, topic, aids }) => {
  if (!isWhole) return { body: null, reason: { kind: 'limit', limit: 'bytes', most: bytes.byteLength } }
  try {
    const { metrics = [], timestamp, seq, uuid, body } = decodePayload(bytes)
    const known = knownMetrics(...aids.births)
    const explained = metrics.map((metric) => explain(metric, known))
    const value = {
      ...(timestamp !== undefined && { timestamp }),
      ...(seq !== undefined && { seq }),
      ...(uuid !== undefined && { uuid }),
      metrics: explained.map((metric) => metricValue(metric)),
      ...(body !== undefined && { body }),
    }
    const isMissing = explained.some(({ name, alias }) => name === undefined && alias !== undefined)
    const reason = isMissing ? ({ kind: 'birth-missing', edgeNode: edgeNodeOf(topic) } as const) : null
    return valueOutcome(value, bytes.byteLength, reason)
  } catch (error) {
    return malformed(detailOf(error))
  }
}

/** @throws {Error} the bytes are no payload of Sparkplug's */
function decodePayload(bytes: Uint8Array): WirePayload {
  // The shape follows from the definition.
  return valueOf(SPARKPLUG_PAYLOAD.decode(Buffer.from(bytes)), SPARKPLUG_PAYLOAD) as WirePayload
}

/** The metrics of a node's BIRTH and its device's; an alias is unique in the whole edge node (Sparkplug 3.0, tck-id-payloads-alias-uniqueness). */
const knownMetrics = remembering((...births: readonly Uint8Array[]): KnownMetrics => {
  const metrics = births.flatMap((birth) => metricsOf(birth))
  return {
    byAlias: new Map(metrics.flatMap((metric) => (metric.alias === undefined ? [] : [[String(metric.alias), metric]]))),
    byName: new Map(metrics.flatMap((metric) => (metric.name === undefined ? [] : [[metric.name, metric]]))),
  }
})

/** A BIRTH that cannot be read explains nothing. */
function metricsOf(birth: Uint8Array): readonly WireMetric[] {
  try {
    return decodePayload(birth).metrics ?? []
  } catch {
    return []
  }
}

function explain(metric: WireMetric, { byAlias, byName }: KnownMetrics): WireMetric {
  const known = metric.name === undefined ? byAlias.get(String(metric.alias)) : byName.get(metric.name)
  if (known === undefined) return metric
  return { ...(known.name !== undefined && { name: known.name }), ...(known.datatype !== undefined && { datatype: known.datatype }), ...metric }
}

function edgeNodeOf(topic: string): string {
  const parsed = sparkplugTopic(topic)
  return parsed?.kind === 'message' ? `${parsed.group}/${parsed.node}` : topic
}
