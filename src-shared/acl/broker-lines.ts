import { aclByteLength } from './file-bytes'

/** A line as it stands in the file, and how much of it, from its start, the broker sees; null: it never comes to look at the line. */
export interface BrokerLine {
  readonly text: string
  readonly seen: string | null
}

/** Mosquitto reads into a buffer of 256 bytes, one of them for C's end of strings. It grows by 1,000 and never shrinks. */
const FIRST_CAPACITY = 255
const GROWTH = 1_000

/** The lines of a file as Mosquitto 2.0 reads them; they end at LF alone. */
export function brokerLines(text: string): readonly BrokerLine[] {
  const lines = text.split('\n')
  const nulLine = text.includes('\0') ? lines.findIndex((line) => line.includes('\0')) : -1
  const last = nulLine === -1 ? lines.length - 1 : nulLine
  const isForgotten = nulLine === -1 ? isLastForgotten(lines) : isForgottenForNul(lines, nulLine)
  return lines.map((line, index) => ({ text: line, seen: index > last || (index === last && isForgotten) ? null : upToNul(line) }))
}

function upToNul(line: string): string {
  const nul = line.indexOf('\0')
  return nul === -1 ? line : line.slice(0, nul)
}

/** How large the buffer is once these lines are read. */
function capacityBehind(lines: readonly string[]): number {
  let capacity = FIRST_CAPACITY
  for (const line of lines) {
    // A character is at most three bytes in UTF-8.
    if (line.length * 3 < capacity) continue
    const bytes = aclByteLength(line) + 1
    while (bytes > capacity) capacity += GROWTH
  }
  return capacity
}

/** Whether the last line has no LF and just fills the buffer: Mosquitto then looks for more, finds the end of the file, and forgets the line. */
function isLastForgotten(lines: readonly string[]): boolean {
  return fills(lines.at(-1) ?? '', capacityBehind(lines.slice(0, -1)))
}

/**
 * A NUL is the end of a string in C. Mosquitto misses the LF behind it, reads on to the end of the file for one, and then takes what stood
 * before the NUL; unless nothing was left to be read at last, which is so when the file ends with LF, or with what just fills the buffer.
 */
function isForgottenForNul(lines: readonly string[], nulLine: number): boolean {
  const end = lines.at(-1) ?? ''
  return end === '' || fills(end, nulLine === lines.length - 1 ? capacityBehind(lines.slice(0, -1)) : GROWTH)
}

/** Whether the bytes of this line just fill a buffer that grows from `capacity` on. */
function fills(line: string, capacity: number): boolean {
  if (line.length * 3 < capacity) return false
  const bytes = aclByteLength(line)
  return bytes >= capacity && (bytes - capacity) % GROWTH === 0
}
