import type { AclFile } from '../acl-file'
import type { Finding } from './finding'

const encoder = new TextEncoder()
/** Of a last line without line end; see `brokerLines`. */
const FORGOTTEN_BYTES = 255
const MORE_BYTES = 1_000
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
  const now = encoder.encode(text).length
  const fix = { kind: 'replace', span: { start: text.length, end: text.length }, text: '\n' } as const
  const span = { start: 0, end: text.length }
  if (statement.kind === 'ignored') return [{ rule: 'forgotten-line', severity: 'warning', line, span, data: { line, bytes: now }, fix }]
  const bytes = FORGOTTEN_BYTES + MORE_BYTES * Math.max(0, Math.round((now - FORGOTTEN_BYTES) / MORE_BYTES))
  return Math.abs(now - bytes) > NEAR_BYTES ? [] : [{ rule: 'near-forgotten-length', severity: 'note', line, span, data: { line, bytes, now }, fix }]
}

function failsOpen({ firstFaultLine }: AclFile): Finding[] {
  if (firstFaultLine === null) return []
  return [{ rule: 'fails-open', severity: 'note', line: firstFaultLine, span: { start: 0, end: 0 }, data: { line: firstFaultLine } }]
}
