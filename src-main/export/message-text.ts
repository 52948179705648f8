import type { PublishProperties } from '@shared/message/publish-properties'
import type { TableMessage } from '../engine/engine-api'

/** Longer payloads are written as base64, whatever they are: escaped, they could be more than a string holds. */
const MOST_TEXT_BYTES = 32 << 20

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A payload as text, and how it is to be read back. */
export interface PayloadText {
  readonly text: string
  readonly encoding: 'utf-8' | 'base64'
}

/** A payload as text where it is UTF-8 (and passes `isFit`), or else as base64: either way all of it, byte for byte. */
export function payloadText(payload: Uint8Array, isFit: (text: string) => boolean = () => true): PayloadText {
  const text = payload.byteLength <= MOST_TEXT_BYTES ? asText(payload) : null
  if (text !== null && isFit(text)) return { text, encoding: 'utf-8' }
  return { text: base64Of(payload), encoding: 'base64' }
}

function asText(payload: Uint8Array): string | null {
  try {
    return decoder.decode(payload)
  } catch {
    return null
  }
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** What every kind of export says of a message beside its payload. */
export function factsOf({ topic, receivedAtMs, qos, retain, dup, properties }: TableMessage): Record<string, unknown> {
  const said = saidOf(properties)
  return {
    topic,
    time: new Date(receivedAtMs).toISOString(),
    qos,
    retain,
    ...(dup ? { dup } : {}),
    ...(Object.keys(said).length > 0 ? { properties: said } : {}),
  }
}

/** The properties that the message has. */
function saidOf(properties: PublishProperties): Record<string, unknown> {
  const { payloadFormatIndicator, messageExpirySeconds, contentType, responseTopic, correlationData, userProperties } = properties
  const named = { payloadFormatIndicator, messageExpirySeconds, contentType, responseTopic }
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null)),
    ...(correlationData === null ? {} : { correlationDataBase64: base64Of(correlationData) }),
    ...(userProperties.length === 0 ? {} : { userProperties }),
  }
}
