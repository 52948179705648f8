import { aclByteLength, decodeAclBytes, encodeAclText } from './file-bytes'

/** A line as it stands in the file, and what the broker takes for a line that starts here; null: none does. */
export interface BrokerLine {
  readonly text: string
  readonly seen: string | null
}

/** Mosquitto reads into a buffer of 256 bytes, one of them for C's end of strings. It grows by 1,000 and never shrinks. */
const FIRST_CAPACITY = 255
const GROWTH = 1_000
const LF = 10
const NUL = 0

/** The lines of a file as Mosquitto reads them; they end at LF alone. */
export function brokerLines(text: string): readonly BrokerLine[] {
  const lines = text.split('\n')
  if (text.includes('\0')) return linesWithNul(lines, text)
  const isLastSeen = !isLastForgotten(lines)
  return lines.map((line, index) => ({ text: line, seen: index < lines.length - 1 || isLastSeen ? line : null }))
}

/** Whether the last line has no LF and just fills the buffer: Mosquitto then looks for more, finds the end of the file, and forgets the line. */
function isLastForgotten(lines: readonly string[]): boolean {
  let capacity = FIRST_CAPACITY
  for (const [index, line] of lines.entries()) {
    // A character is at most three bytes in UTF-8.
    if (line.length * 3 < capacity) continue
    const isLast = index === lines.length - 1
    const bytes = aclByteLength(line) + (isLast ? 0 : 1)
    while (bytes > capacity) capacity += GROWTH
    if (isLast) return bytes === capacity
  }
  return false
}

/** A NUL ends a string for C: one at the start of a line hides it, and what follows another is overwritten with the next line. */
function linesWithNul(lines: readonly string[], text: string): readonly BrokerLine[] {
  const seen = new Map<number, string>()
  const bytes = encodeAclText(text)
  let line = 0
  let counted = 0
  for (const { start, string } of stringsIn(bytes)) {
    for (; counted < start; counted += 1) if (bytes[counted] === LF) line += 1
    // Only behind an empty one can another start in the same line.
    seen.set(line, decodeAclBytes(string))
  }
  return lines.map((lineText, index) => ({ text: lineText, seen: seen.get(index) ?? (lineText === '' ? '' : null) }))
}

/** The strings that Mosquitto's `fgets_extending` returns of a file, without their LF, and where each starts. */
function* stringsIn(bytes: Uint8Array): Generator<{ readonly start: number; readonly string: Uint8Array }> {
  let buffer = new Uint8Array(FIRST_CAPACITY)
  for (let at = 0; at < bytes.length; ) {
    const start = at
    for (let length = 0; ; ) {
      if (at === bytes.length) return // what was read so far is forgotten
      const piece = pieceAt(bytes, at, buffer.length - length)
      buffer.set(piece, length)
      at += piece.length
      const isAtEnd = piece.at(-1) !== LF && piece.length < buffer.length - length
      const filled = buffer.subarray(0, length + piece.length)
      const nul = filled.indexOf(NUL, length)
      length = nul === -1 ? filled.length : nul
      const isWhole = length > 0 && filled[length - 1] === LF
      if (isAtEnd || isWhole || length === 0) {
        yield { start, string: filled.slice(0, isWhole ? length - 1 : length) }
        break
      }
      const larger = new Uint8Array(buffer.length + GROWTH)
      larger.set(buffer)
      buffer = larger
    }
  }
}

/** What C's `fgets` takes: up to and with the next LF, and no more than there is room for. */
function pieceAt(bytes: Uint8Array, at: number, room: number): Uint8Array {
  const lineFeed = bytes.indexOf(LF, at)
  return bytes.subarray(at, Math.min(lineFeed === -1 ? bytes.length : lineFeed + 1, at + room))
}
