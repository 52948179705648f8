import type { Publish } from '@shared/message/publish'
import type { QoS } from '@shared/mqtt/qos'
import type { RetainedRemark, RetainedRow } from '@shared/retained/retained'
import type { RetainedMessage } from '../engine-api'
import { previewOf } from '../payload/preview'
import { firstPropertiesOf, publishPropertiesOf } from '../wire/publish-properties'

/** How much is kept of a payload that is not kept whole: what a preview shows, and a byte that says there is more. */
export const START_BYTES = 161
const MOST_ROW_PROPERTIES = 16
const MOST_ROW_PROPERTY_CHARACTERS = 200

/** Whether all of it is here, so that it can be published again. */
export function isWhole({ payload, payloadBytes }: RetainedMessage): boolean {
  return payload.byteLength === payloadBytes
}

/** Whether two messages hold the same payload, as far as both are kept. */
export function hasSamePayload(one: RetainedMessage, other: RetainedMessage): boolean {
  return one.payloadBytes === other.payloadBytes && Buffer.compare(one.payload, other.payload) === 0
}

/** Whether a message holds the payload of one that was listed, as far as that is kept. */
export function isSamePayload(listed: RetainedMessage, now: RetainedMessage): boolean {
  const { byteLength } = listed.payload
  return listed.payloadBytes === now.payloadBytes && Buffer.compare(listed.payload, now.payload.subarray(0, byteLength)) === 0
}

/** The message as it is to be published again at that time; null when its expiry interval has passed. */
export function publishAgain(message: RetainedMessage, nowMs: number, maximumQos: QoS): Publish | null {
  const { topic, payload, qos, receivedAtMs } = message
  const asReceived = publishPropertiesOf(message.properties)
  const { messageExpirySeconds } = asReceived
  const remaining = messageExpirySeconds === null ? null : messageExpirySeconds - Math.floor((nowMs - receivedAtMs) / 1_000)
  if (remaining !== null && remaining <= 0) return null
  return {
    topic,
    payload,
    qos: lesser(qos ?? 1, maximumQos),
    retain: true,
    properties: { ...asReceived, messageExpirySeconds: remaining },
  }
}

/** What deletes the retained message of a topic: an empty one [MQTT-3.3.1-6]. */
export function deletionOf(topic: string, maximumQos: QoS): Publish {
  return { topic, payload: new Uint8Array(), qos: lesser(1, maximumQos), retain: true }
}

export function rowOf(message: RetainedMessage, selected: boolean, remark: RetainedRemark | null): RetainedRow {
  const { kind, text } = previewOf(message.payload)
  const properties = firstPropertiesOf(message.properties).properties.slice(0, MOST_ROW_PROPERTIES)
  return {
    topic: message.topic,
    bytes: message.payloadBytes,
    qos: message.qos,
    previewKind: kind === 'none' ? 'empty' : kind,
    preview: text,
    properties: properties.map(({ name, value }) => ({ name: cut(name), value: cut(value) })),
    selected,
    remark,
  }
}

function lesser(one: QoS, other: QoS): QoS {
  return one < other ? one : other
}

function cut(text: string): string {
  return text.length > MOST_ROW_PROPERTY_CHARACTERS ? `${text.slice(0, MOST_ROW_PROPERTY_CHARACTERS)}…` : text
}
