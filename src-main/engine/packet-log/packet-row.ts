import type { PacketFilter, PacketRow } from '@shared/packets/packet-log'
import { PACKET_NAMES } from '../wire/packet-type'
import type { PacketReading } from './packet-reading'
import type { LogEntry } from './packet-ring'
import { skimPacket } from './read-packet'

/** What a row shows of a text at the most. */
const MOST_CHARACTERS = 300

const FAILED_EVENTS: readonly string[] = ['violation', 'keepalive-timeout', 'connack-timeout', 'error']

/** An entry on one line. */
export function rowOf(entry: LogEntry, reading = entry.kind === 'packet' ? skimPacket(entry) : null): PacketRow {
  const { sequence, atMs } = entry
  const failed = isFailure(entry, reading)
  if (entry.kind === 'event' || reading === null) {
    const { event, detail } = entry.kind === 'event' ? entry : { event: 'error' as const, detail: '' }
    return { kind: 'event', sequence, atMs, failed, event, detail: short(detail) }
  }
  const fault = entry.fault ?? reading.fault
  return {
    kind: 'packet',
    sequence,
    atMs,
    failed,
    direction: entry.direction,
    name: reading.name,
    topic: reading.topics.length === 0 ? null : short(reading.topics.join(', ')),
    summary: short([...reading.summary, ...(fault === null ? [] : [fault])].join(' · ')),
    bytes: entry.bytes,
  }
}

/** Whether a filter lets an entry through. Reads the packet only where the filter asks for what is in it. */
export function lets(filter: PacketFilter, entry: LogEntry): boolean {
  if (filter.kinds !== null) {
    const kind = entry.kind === 'event' ? 'event' : PACKET_NAMES[entry.type]
    if (!filter.kinds.some((wanted) => wanted === kind)) return false
  }
  if (filter.direction !== 'both' && (entry.kind === 'event' || entry.direction !== filter.direction)) return false
  if (filter.topic === '' && !filter.failuresOnly) return true
  const reading = entry.kind === 'packet' ? skimPacket(entry) : null
  if (filter.failuresOnly && !isFailure(entry, reading)) return false
  const part = filter.topic.toLowerCase()
  return part === '' || (reading?.topics.some((topic) => topic.toLowerCase().includes(part)) ?? false)
}

function isFailure(entry: LogEntry, reading: PacketReading | null): boolean {
  if (entry.kind === 'event') return FAILED_EVENTS.includes(entry.event)
  return entry.fault !== null || (reading !== null && (reading.fault !== null || reading.reasonCodes.some((code) => code >= 0x80)))
}

function short(text: string): string {
  // Without the half of a character that the cut may leave.
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '')}…` : text
}
