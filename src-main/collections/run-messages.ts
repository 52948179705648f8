import { sentProperties, type SavedMessage } from '@shared/collections/saved-message'
import { AppError } from '@shared/ipc/app-error'
import { topicNameFault } from '@shared/mqtt/topic'
import { usualChoice } from '@shared/payload/reading'
import { fromBase64 } from '@shared/payload/payload-codec'
import type { EncodeText, RunMessage } from '../engine/engine-api'

/** A saved message for a run: its bytes, or what they are made of each time. @throws {AppError} `saved-message-invalid` */
export async function runMessage(saved: SavedMessage, encode: EncodeText): Promise<RunMessage> {
  const { name, topic, payload, qos, retain, pauseMs } = saved
  const properties = sentProperties(saved.properties)
  if (saved.usesTemplates) {
    // The bytes of others hold no templates, and neither does their Base64.
    const { text, format } = payload.kind === 'text' ? payload : { text: payload.base64, format: usualChoice('base64') }
    return { kind: 'template', name, pauseMs, topic, text, format, qos, retain, properties }
  }
  const fault = topicNameFault(topic)
  if (fault !== null) throw invalid(name, fault === 'empty' ? 'no-topic' : 'topic')
  const bytes = payload.kind === 'bytes' ? Uint8Array.from(fromBase64(payload.base64) ?? []) : await textBytes(name, payload, encode)
  return { kind: 'ready', name, pauseMs, message: { topic, payload: bytes, qos, retain, properties } }
}

async function textBytes(
  name: string,
  { text, format }: Extract<SavedMessage['payload'], { kind: 'text' }>,
  encode: EncodeText,
): Promise<Uint8Array<ArrayBuffer>> {
  if (text === '') return new Uint8Array()
  try {
    return await encode(text, format)
  } catch (error) {
    if (error instanceof AppError && error.code === 'payload-not-encoded') throw invalid(name, 'payload')
    throw error
  }
}

function invalid(name: string, fault: string): AppError {
  return new AppError('saved-message-invalid', `${name}: ${fault}`, { fault, name })
}
