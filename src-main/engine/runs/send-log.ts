import { isFailed, MAX_LOGGED_SENDS, type LoggedSend } from '@shared/collections/send-log'
import type { Publish, PublishState } from '@shared/message/publish'

/** Most characters of all topics together: one alone may have 65,535. */
const MOST_TOPIC_CHARACTERS = 8 * 1024 * 1024
const COMPACT_AFTER = 1_024

type Entry = { -readonly [Key in keyof LoggedSend]: LoggedSend[Key] } & { readonly publishId: number }

/** Every send of a connection and what became of it; the oldest go when there are too many. */
export class SendLog {
  #entries: Entry[] = []
  /** Entries before it have been let go. */
  #head = 0
  readonly #byPublish = new Map<number, Entry>()
  #topicCharacters = 0
  #nextNumber = 1
  #letGo = 0

  /** How many had to go. */
  get letGo(): number {
    return this.#letGo
  }

  get kept(): number {
    return this.#entries.length - this.#head
  }

  add(publishId: number, { topic, payload, qos, retain }: Publish, origin: string | null, state: PublishState): void {
    const number = this.#nextNumber
    this.#nextNumber += 1
    const entry = { publishId, number, atMs: Date.now(), topic, payloadBytes: payload.byteLength, qos, retain, origin, state }
    this.#entries.push(entry)
    this.#byPublish.set(publishId, entry)
    this.#topicCharacters += topic.length
    while (this.kept > MAX_LOGGED_SENDS || (this.kept > 1 && this.#topicCharacters > MOST_TOPIC_CHARACTERS)) this.#dropOldest()
  }

  update(publishId: number, state: PublishState): void {
    const entry = this.#byPublish.get(publishId)
    if (entry !== undefined) entry.state = state
  }

  clear(): void {
    this.#entries = []
    this.#head = 0
    this.#byPublish.clear()
    this.#topicCharacters = 0
    this.#letGo = 0
  }

  get failed(): number {
    return this.#from(true).length
  }

  /** A part of the log, newest first, and how many there are in all. */
  window(failedOnly: boolean, firstRow: number, rowCount: number): { firstRow: number; total: number; sends: LoggedSend[] } {
    const all = this.#from(failedOnly)
    const end = Math.max(0, all.length - firstRow)
    const sends = all.slice(Math.max(0, end - rowCount), end).reverse().map(toLogged)
    return { firstRow, total: all.length, sends }
  }

  /** Those of a higher number, oldest first, at most `count`. */
  after(number: number, failedOnly: boolean, count: number): LoggedSend[] {
    return this.#from(failedOnly)
      .filter((entry) => entry.number > number)
      .slice(0, count)
      .map(toLogged)
  }

  #from(failedOnly: boolean): Entry[] {
    const kept = this.#head === 0 ? this.#entries : this.#entries.slice(this.#head)
    return failedOnly ? kept.filter(({ state }) => isFailed(state)) : kept
  }

  #dropOldest(): void {
    const oldest = this.#entries[this.#head]
    if (oldest === undefined) return
    this.#head += 1
    this.#letGo += 1
    this.#topicCharacters -= oldest.topic.length
    this.#byPublish.delete(oldest.publishId)
    if (this.#head < COMPACT_AFTER) return
    this.#entries = this.#entries.slice(this.#head)
    this.#head = 0
  }
}

function toLogged({ publishId: _publishId, ...send }: Entry): LoggedSend {
  return send
}
