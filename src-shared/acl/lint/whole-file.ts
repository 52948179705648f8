import type { AclFile } from '../acl-file'
import { aclByteLength } from '../file-bytes'
import type { Finding } from './finding'

/** Mosquitto's buffer for a line, which grows and never shrinks: a last line that just fills it is forgotten (see `eachBrokerLine`). */
const FIRST_CAPACITY = 255
const GROWTH = 1_000
/** So near to it, a small edit would do it. */
const NEAR_BYTES = 8

/** Whether a file is UTF-16: its letters have a zero byte beside them. */
export function isUtf16(text: string): boolean {
  return text.length > 1 && (text.startsWith('\0') !== (text[1] === '\0') || /^(?:\udcff\udcfe|\udcfe\udcff)/.test(text))
}

/** What is to be said of the file rather than of its lines. */
export function wholeFile(file: AclFile): Finding[] {
  return [...nulBytes(file), ...lastLine(file), ...failsOpen(file)]
}

function nulBytes(file: AclFile): Finding[] {
  return file.lines.flatMap(({ line, text }): Finding[] => {
    const at = text.indexOf('\0')
    if (at === -1) return []
    const span = { start: at, end: at + 1 }
    return [{ rule: 'nul', severity: 'warning', line, span, data: { line }, fix: { kind: 'replace', span, text: '' } }]
  })
}

function lastLine({ lines }: AclFile): Finding[] {
  const last = lines.at(-1)
  if (last === undefined || last.text.trim() === '' || last.text.startsWith('#')) return []
  const { line, text, statement } = last
  const now = aclByteLength(text)
  const fix = { kind: 'replace', span: { start: text.length, end: text.length }, text: '\n' } as const
  const span = { start: 0, end: text.length }
  if (statement.kind === 'ignored') return [{ rule: 'forgotten-line', severity: 'warning', line, span, data: { line, bytes: now }, fix }]
  const least = capacityFor(longestOf(lines))
  const bytes = Math.max(least, FIRST_CAPACITY + GROWTH * Math.round((now - FIRST_CAPACITY) / GROWTH))
  return Math.abs(now - bytes) > NEAR_BYTES ? [] : [{ rule: 'near-forgotten-length', severity: 'note', line, span, data: { line, bytes, now }, fix }]
}

const capacityFor = (bytes: number): number => FIRST_CAPACITY + GROWTH * Math.max(0, Math.ceil((bytes - FIRST_CAPACITY) / GROWTH))

/** The bytes, with their line ends, of the lines before the last that outgrow the first buffer; 0 besides. */
function longestOf(lines: AclFile['lines']): number {
  let longest = 0
  for (const { text } of lines.slice(0, -1)) {
    // A character is at most three bytes in UTF-8.
    if (text.length * 3 >= FIRST_CAPACITY) longest = Math.max(longest, aclByteLength(text) + 1)
  }
  return longest
}

function failsOpen({ firstFaultLine }: AclFile): Finding[] {
  if (firstFaultLine === null) return []
  return [{ rule: 'fails-open', severity: 'note', line: firstFaultLine, span: { start: 0, end: 0 }, data: { line: firstFaultLine } }]
}
