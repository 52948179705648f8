import { topicNameFault, type TopicFault } from '@shared/mqtt/topic'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const NUMBER_SIGN = 0x23
const PLUS = 0x2b

/** What is wrong with `bytes[start, end)` as a topic name, or null; as {@link topicNameFault} says of the text. */
export function topicBytesFault(bytes: Uint8Array, start: number, end: number): TopicFault | null {
  if (isPlain(bytes, start, end)) return null
  let topic: string
  try {
    topic = decoder.decode(bytes.subarray(start, end))
  } catch {
    return 'ill-formed'
  }
  return topicNameFault(topic)
}

/** Whether it is at least one byte, all of them ASCII without NUL and wildcards: most topics are, and need no decoding. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === 0 || byte > 0x7f || byte === NUMBER_SIGN || byte === PLUS) return false
  }
  return end > start
}
