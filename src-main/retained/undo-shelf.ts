import { MAX_RETAINED_BYTES, type Undoable } from '@shared/retained/retained'
import type { RetainedMessage } from '../engine/engine-api'

/** A deletion, with what it took. */
export interface Shelved extends Omit<Undoable, 'count'> {
  /** Which broker it was, as what user. */
  readonly owner: string
  readonly messages: readonly RetainedMessage[]
}

/** What was deleted, for as long as the app runs, within one budget of bytes: the oldest deletion goes first. */
export class UndoShelf {
  /** Oldest first. */
  #shelved: readonly Shelved[] = []
  #nextId = 1

  constructor(private readonly mostBytes = MAX_RETAINED_BYTES) {}

  /** Keeps a deletion; one of nothing is none. */
  put(owner: string, filters: readonly string[], messages: readonly RetainedMessage[]): void {
    if (messages.length === 0) return
    const kept = this.#shelved.slice(this.displacedBy(bytesOf(messages)))
    this.#shelved = [...kept, { deletionId: this.#nextId, owner, atMs: Date.now(), filters: [...filters], messages }]
    this.#nextId += 1
  }

  /** How many deletions have to go for so many bytes more. */
  displacedBy(bytes: number): number {
    let left = this.#shelved.reduce((sum, { messages }) => sum + bytesOf(messages), bytes)
    let displaced = 0
    for (const { messages } of this.#shelved) {
      if (left <= this.mostBytes) break
      left -= bytesOf(messages)
      displaced += 1
    }
    return displaced
  }

  /** Newest first. */
  list(owner: string): Undoable[] {
    const own = this.#shelved.filter((shelved) => shelved.owner === owner).reverse()
    return own.map(({ deletionId, atMs, filters, messages }) => ({ deletionId, atMs, filters, count: messages.length }))
  }

  find(owner: string, deletionId: number): Shelved | undefined {
    return this.#shelved.find((shelved) => shelved.owner === owner && shelved.deletionId === deletionId)
  }

  /** Keeps of a deletion only what is still to be brought back. */
  keepOnly(deletionId: number, topics: ReadonlySet<string>): void {
    this.#shelved = this.#shelved.flatMap((shelved) => {
      if (shelved.deletionId !== deletionId) return [shelved]
      const messages = shelved.messages.filter(({ topic }) => topics.has(topic))
      return messages.length === 0 ? [] : [{ ...shelved, messages }]
    })
  }
}

function bytesOf(messages: readonly RetainedMessage[]): number {
  return messages.reduce((sum, { payload, properties }) => sum + payload.byteLength + properties.byteLength, 0)
}
