import type { PacketFilter } from '@shared/packets/packet-log'
import type { PacketsFrame } from '@shared/views/view-frame'
import type { SpecOf, ViewSpec } from '@shared/views/view-spec'
import type { PacketLog } from '../packet-log/packet-log'
import { lets, rowOf } from '../packet-log/packet-row'
import type { View } from './view'

const COMPACT_AFTER = 4_096

/**
 * A window over the packet log, oldest first. It goes on while the views are paused: who reads further up is not disturbed,
 * because rows keep their numbers. Each entry is put to the filter once.
 */
export class PacketsView implements View {
  /** Sequence numbers of the entries let through, from `#head` on; those before it are gone from the log. */
  #matches: number[] = []
  #head = 0
  /** Of those gone, how many the array no longer holds. */
  #forgotten = 0
  #seenUpTo = 0

  constructor(
    private readonly log: PacketLog,
    private spec: SpecOf<'packets'>,
  ) {}

  update(spec: ViewSpec): boolean {
    if (spec.kind !== 'packets') return false
    if (!isSameFilter(spec.filter, this.spec.filter)) {
      this.#matches = []
      this.#head = 0
      this.#forgotten = 0
      this.#seenUpTo = 0
    }
    this.spec = spec
    return true
  }

  pauseChanged(): void {
    // The log is never frozen.
  }

  frame(): PacketsFrame {
    this.#catchUp()
    const { entries, recording, disconnect } = this.log
    const goneRows = this.#forgotten + this.#head
    const totalRows = this.#matches.length - this.#head
    const last = Math.max(goneRows, goneRows + totalRows - this.spec.rowCount)
    const firstRow = Math.max(goneRows, Math.min(this.spec.firstRow ?? last, last))
    const from = firstRow - this.#forgotten
    return {
      kind: 'packets',
      recording,
      firstRow,
      rows: this.#matches.slice(from, from + this.spec.rowCount).flatMap((sequence) => {
        const entry = entries.find(sequence)
        return entry === undefined ? [] : [rowOf(entry)]
      }),
      goneRows,
      totalRows,
      kept: entries.kept,
      keptBytes: entries.bytes,
      letGo: entries.letGo,
      disconnect,
    }
  }

  #catchUp(): void {
    for (const entry of this.log.from(this.#seenUpTo + 1)) if (lets(this.spec.filter, entry)) this.#matches.push(entry.sequence)
    const { firstSequence, nextSequence } = this.log.entries
    this.#seenUpTo = nextSequence - 1
    while (this.#head < this.#matches.length && (this.#matches[this.#head] ?? 0) < firstSequence) this.#head += 1
    if (this.#head <= COMPACT_AFTER || this.#head * 2 <= this.#matches.length) return
    this.#matches = this.#matches.slice(this.#head)
    this.#forgotten += this.#head
    this.#head = 0
  }
}

function isSameFilter(one: PacketFilter, other: PacketFilter): boolean {
  return (
    one.direction === other.direction &&
    one.topic === other.topic &&
    one.failuresOnly === other.failuresOnly &&
    one.kinds?.join() === other.kinds?.join()
  )
}
