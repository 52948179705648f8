import type { ConnectionEvent } from '@shared/packets/packet-log'
import type { StoredPacket } from './stored-packet'

interface Place {
  readonly sequence: number
  readonly atMs: number
}

export interface PacketEntry extends Place, StoredPacket {
  readonly kind: 'packet'
  readonly direction: 'sent' | 'received'
  /** Why it was refused, or null. */
  readonly fault: string | null
}

export interface EventEntry extends Place {
  readonly kind: 'event'
  readonly event: ConnectionEvent
  readonly detail: string
}

export type LogEntry = PacketEntry | EventEntry

export interface RingLimits {
  readonly entries: number
  readonly bytes: number
}

/** What an entry costs beside its bytes: the objects that hold it. */
const OVERHEAD_BYTES = 200
const COMPACT_AFTER = 4_096

/**
 * The newest entries within a limit of entries and one of bytes; the oldest go first.
 * Invariant: sequences grow by one, also over {@link clear}, so that a number never means two entries.
 */
export class PacketRing {
  #queue: (LogEntry | undefined)[] = []
  #head = 0
  #nextSequence = 1
  #bytes = 0
  #letGo = 0

  constructor(private readonly limits: RingLimits) {}

  get kept(): number {
    return this.#queue.length - this.#head
  }

  get bytes(): number {
    return this.#bytes
  }

  /** How many entries had to go to stay within the limits. */
  get letGo(): number {
    return this.#letGo
  }

  /** The sequence number of the oldest entry that is held, or of the next one when none is. */
  get firstSequence(): number {
    return this.#nextSequence - this.kept
  }

  get nextSequence(): number {
    return this.#nextSequence
  }

  /** @param direction and fault of {@link PacketEntry} */
  addPacket({ version, type, bytes, stored, cut }: StoredPacket, direction: PacketEntry['direction'], fault: string | null): PacketEntry {
    // Written out, not spread: this is done for every packet.
    const entry: PacketEntry = { kind: 'packet', sequence: this.#nextSequence, atMs: Date.now(), direction, fault, version, type, bytes, stored, cut }
    this.#add(entry)
    return entry
  }

  addEvent(event: ConnectionEvent, detail: string): void {
    this.#add({ kind: 'event', sequence: this.#nextSequence, atMs: Date.now(), event, detail })
  }

  #add(entry: LogEntry): void {
    this.#nextSequence += 1
    this.#queue.push(entry)
    this.#bytes += sizeOf(entry)
    while (this.kept > this.limits.entries || (this.#bytes > this.limits.bytes && this.kept > 1)) this.#evictOldest()
  }

  clear(): void {
    this.#queue = []
    this.#head = 0
    this.#bytes = 0
    this.#letGo = 0
  }

  find(sequence: number): LogEntry | undefined {
    return sequence < this.firstSequence ? undefined : this.#queue[this.#head + sequence - this.firstSequence]
  }

  #evictOldest(): void {
    const oldest = this.#queue[this.#head]
    this.#queue[this.#head] = undefined
    this.#head += 1
    if (oldest !== undefined) this.#bytes -= sizeOf(oldest)
    this.#letGo += 1
    if (this.#head <= COMPACT_AFTER || this.#head * 2 <= this.#queue.length) return
    this.#queue = this.#queue.slice(this.#head)
    this.#head = 0
  }
}

function sizeOf(entry: LogEntry): number {
  return OVERHEAD_BYTES + (entry.kind === 'packet' ? entry.stored.length : 2 * entry.detail.length)
}
