/** A line as it stands in the file, and what of it the broker sees; null: it never looks at the line. */
export interface BrokerLine {
  readonly text: string
  readonly seen: string | null
}

const encoder = new TextEncoder()

/** Mosquitto reads into a buffer of 256 bytes, one of them for C's end of strings, which grows by 1,000. */
const FIRST_BUFFER_BYTES = 255
const MORE_BUFFER_BYTES = 1_000

/** Whether a last line without LF just fills the buffer: Mosquitto then looks for more, finds the end of the file, and forgets the line. */
function isForgotten(text: string): boolean {
  // A character is at most three bytes in UTF-8.
  if (text.length * 3 < FIRST_BUFFER_BYTES) return false
  const bytes = encoder.encode(text).length
  return bytes >= FIRST_BUFFER_BYTES && (bytes - FIRST_BUFFER_BYTES) % MORE_BUFFER_BYTES === 0
}

/** The lines of a file as Mosquitto reads them; they end at LF alone. */
export function brokerLines(text: string): readonly BrokerLine[] {
  const lines = text.split('\n')
  return lines.map((line, index) => ({ text: line, seen: index === lines.length - 1 && isForgotten(line) ? null : line }))
}
