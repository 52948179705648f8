import { isSamePath, type FieldPath } from '@shared/payload/field-path'
import type { FieldValues } from '@shared/payload/field-value'
import type { LoggedMessage } from '../history/read-message'
import type { FieldReader } from './field-reader'
import type { ForeignMessage } from './field-source'

/** What is handed over to be read elsewhere at a time, and what may wait for it. */
const MOST_FOREIGN = 256
const MOST_BYTES = 1 << 18
const MOST_ENTRIES = 4_096

interface Entry<Tag> {
  readonly tag: Tag
  readonly paths: readonly FieldPath[]
  /** Undefined: it is read elsewhere. */
  readonly values: FieldValues | undefined
}

/**
 * Messages on their way to their fields, in order. What can be read here is settled at once; from the first message on that
 * has to be read elsewhere, all wait until those are.
 */
export class FieldQueue<Tag> {
  #entries: Entry<Tag>[] = []
  #foreign: ForeignMessage[] = []
  #bytes = 0
  #handedOver: readonly Entry<Tag>[] | null = null

  constructor(
    private readonly reader: FieldReader,
    /** Longer texts are cut. */
    private readonly mostCharacters: number,
    private readonly settle: (tag: Tag, values: FieldValues) => void,
  ) {}

  /** Whether messages are being read elsewhere: nothing can be added until they are. */
  get isWaiting(): boolean {
    return this.#handedOver !== null
  }

  /** Whether it is time to hand over. */
  get isFull(): boolean {
    return this.#foreign.length >= MOST_FOREIGN || this.#bytes >= MOST_BYTES || this.#entries.length >= MOST_ENTRIES
  }

  /** Messages that are not settled. */
  get length(): number {
    return this.#entries.length + (this.#handedOver?.length ?? 0)
  }

  add(message: LoggedMessage, paths: readonly FieldPath[], tag: Tag): void {
    const values = this.reader.here(message, paths, this.mostCharacters)
    if (values !== undefined) return this.addKnown(tag, values, paths)
    const foreign = this.reader.foreign(message)
    this.#foreign.push(foreign)
    this.#bytes += foreign.payload.byteLength
    this.#entries.push({ tag, paths, values })
  }

  /** Something whose fields are known already; it takes its turn. */
  addKnown(tag: Tag, values: FieldValues, paths: readonly FieldPath[] = []): void {
    if (this.length === 0) this.settle(tag, values)
    else this.#entries.push({ tag, paths, values })
  }

  /** Has all that waits read; `done` is called afterwards, or at once when nothing waits. */
  handOver(done?: () => void): void {
    if (this.isWaiting) return
    const entries = this.#entries
    const messages = this.#foreign
    if (entries.length === 0) return done?.()
    this.#entries = []
    this.#foreign = []
    this.#bytes = 0
    this.#handedOver = entries
    const paths = distinct([...new Set(entries.filter(({ values }) => values === undefined).map((entry) => entry.paths))].flat())
    this.reader.source?.read({ messages, paths, mostCharacters: this.mostCharacters }, (fields) => {
      // Dropped, and perhaps others handed over since.
      if (this.#handedOver !== entries) return
      this.#handedOver = null
      let next = 0
      for (const { tag, paths: wanted, values } of entries) {
        this.settle(tag, values === undefined ? pick(fields[next] ?? null, paths, wanted) : values)
        if (values === undefined) next += 1
      }
      done?.()
    })
  }

  /** Forgets all that is not settled. @returns what that was */
  drop(): Tag[] {
    const dropped = [...(this.#handedOver ?? []), ...this.#entries].map(({ tag }) => tag)
    this.#handedOver = null
    this.#entries = []
    this.#foreign = []
    this.#bytes = 0
    return dropped
  }
}

function distinct(paths: readonly FieldPath[]): FieldPath[] {
  const known: FieldPath[] = []
  for (const path of paths) if (!known.some((other) => isSamePath(other, path))) known.push(path)
  return known
}

function pick(values: FieldValues, paths: readonly FieldPath[], wanted: readonly FieldPath[]): FieldValues {
  return values && wanted.map((path) => values[paths.findIndex((known) => isSamePath(known, path))] ?? null)
}
