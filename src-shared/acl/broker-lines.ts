import { aclByteLength } from './file-bytes'

/** Mosquitto reads into a buffer of 256 bytes, one of them for C's end of strings. It grows by 1,000 and never shrinks. */
const FIRST_CAPACITY = 255
const GROWTH = 1_000

/**
 * Goes through the lines of a file as Mosquitto 2.0 reads them; they end at LF alone. `seen` is how much of the line, from its start,
 * the broker sees; null: it never comes to look at it. `line` counts from 1, and `text` is the line without its LF.
 */
export function eachBrokerLine(text: string, visit: (seen: string | null, line: number, text: string) => void): void {
  const nul = text.indexOf('\0')
  const buffer = new LineBuffer()
  let line = 1
  let start = 0
  let isOver = false
  // Not by `split`: a file may have millions of lines.
  for (;;) {
    const end = text.indexOf('\n', start)
    const lineText = end === -1 ? text.slice(start) : text.slice(start, end)
    const hasNul: boolean = nul !== -1 && !isOver && (end === -1 || nul < end)
    if (isOver) visit(null, line, lineText)
    else if (hasNul) visit(isForgottenForNul(text, end === -1, buffer) ? null : text.slice(start, nul), line, lineText)
    // Mosquitto looks for more behind a last line that just fills the buffer, finds the end of the file, and forgets the line.
    else visit(end === -1 && buffer.isFilledBy(lineText) ? null : lineText, line, lineText)
    if (end === -1) return
    isOver ||= hasNul
    buffer.growFor(lineText)
    line += 1
    start = end + 1
  }
}

/**
 * A NUL is the end of a string in C. Mosquitto misses the LF behind it, reads on to the end of the file for one, and then takes what stood
 * before the NUL; unless nothing was left to be read at last, which is so when the file ends with LF, or with what just fills the buffer.
 */
function isForgottenForNul(text: string, isLastLine: boolean, buffer: LineBuffer): boolean {
  const end = text.slice(text.lastIndexOf('\n') + 1)
  return end === '' || (isLastLine ? buffer : new LineBuffer(GROWTH)).isFilledBy(end)
}

/** What Mosquitto reads a line into. */
class LineBuffer {
  private capacity: number

  constructor(capacity = FIRST_CAPACITY) {
    this.capacity = capacity
  }

  /** Reads a line that has its LF. */
  growFor(line: string): void {
    // A character is at most three bytes in UTF-8.
    if (line.length * 3 < this.capacity) return
    const bytes = aclByteLength(line) + 1
    while (bytes > this.capacity) this.capacity += GROWTH
  }

  /** Whether the bytes of this line just fill it, once it has grown. */
  isFilledBy(line: string): boolean {
    if (line.length * 3 < this.capacity) return false
    const bytes = aclByteLength(line)
    return bytes >= this.capacity && (bytes - this.capacity) % GROWTH === 0
  }
}
