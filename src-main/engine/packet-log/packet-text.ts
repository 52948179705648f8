import type { PacketFileFormat, PacketFilter, RenderedPacket } from '@shared/packets/packet-log'
import type { PacketPiece } from '../engine-api'
import { hexDump } from './hex-dump'
import type { PacketLog } from './packet-log'
import type { LogEntry } from './packet-ring'
import { lets, rowOf } from './packet-row'
import { readPacket } from './read-packet'

/** How much of a packet is shown as bytes; a saved file has all that was kept. */
const SHOWN_HEX_BYTES = 16 * 1024
/** A piece ends after the packet with which it gets this long, or after so many. */
const PIECE_CHARACTERS = 512 * 1024
const PIECE_ENTRIES = 2_000

/** An entry in full. */
export function renderPacket(entry: LogEntry): RenderedPacket {
  if (entry.kind === 'event') {
    return { row: rowOf(entry), fields: [], fault: null, hex: '', keptBytes: 0, text: textOf(entry) }
  }
  const reading = readPacket(entry)
  return {
    row: rowOf(entry, reading),
    fields: reading.fields,
    fault: entry.fault ?? reading.fault,
    hex: hexDump(entry.stored.subarray(0, SHOWN_HEX_BYTES)),
    keptBytes: entry.stored.length,
    text: `${textOf(entry)}\n${hexDump(entry.stored.subarray(0, SHOWN_HEX_BYTES))}`,
  }
}

/** A piece of the log as a file has it. What comes to the log after the first piece is left out, or there might be no end. */
export function writePackets(log: PacketLog, filter: PacketFilter, format: PacketFileFormat, at: PacketPiece['next']): PacketPiece {
  const until = at?.until ?? log.entries.nextSequence
  let text = ''
  let packets = 0
  let looked = 0
  for (const entry of log.from(at?.from ?? 0)) {
    if (entry.sequence >= until) break
    if (text.length >= PIECE_CHARACTERS || looked >= PIECE_ENTRIES) return { text, packets, next: { from: entry.sequence, until } }
    looked += 1
    if (!lets(filter, entry)) continue
    text += `${format === 'text' ? textOf(entry) : jsonOf(entry)}\n`
    packets += 1
  }
  return { text, packets, next: null }
}

/** A line, and below it the fields. */
function textOf(entry: LogEntry): string {
  const time = new Date(entry.atMs).toISOString()
  if (entry.kind === 'event') return `${time} -- ${[entry.event, oneLine(entry.detail)].filter(Boolean).join(': ')}`
  const reading = readPacket(entry)
  const fault = entry.fault ?? reading.fault
  return [
    `${time} ${entry.direction === 'sent' ? '->' : '<-'} ${reading.name} (${entry.bytes} bytes)`,
    ...reading.fields.map(({ name, value }) => `    ${oneLine(name)}: ${oneLine(value)}`),
    ...(fault === null ? [] : [`    ! ${oneLine(fault)}`]),
  ].join('\n')
}

function jsonOf(entry: LogEntry): string {
  const time = new Date(entry.atMs).toISOString()
  if (entry.kind === 'event') return JSON.stringify({ time, event: entry.event, detail: entry.detail })
  const reading = readPacket(entry)
  return JSON.stringify({
    time,
    direction: entry.direction,
    packet: reading.name,
    bytes: entry.bytes,
    fields: reading.fields,
    fault: entry.fault ?? reading.fault,
    kept: Buffer.from(entry.stored).toString('base64'),
    cut: entry.cut,
  })
}

/** Text from outside may hold line breaks, which would pass for lines of the log. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
