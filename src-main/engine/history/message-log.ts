import type { QoS } from '@shared/mqtt/qos'
import type { MessageProperty } from '../wire/publish-properties'

/** A message as it came, before the log takes it in. */
export interface IncomingMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: QoS
  readonly retain: boolean
  readonly dup: boolean
  /** MQTT 5.0 PUBLISH properties, names and values in the order they came; empty for none. */
  readonly properties: readonly MessageProperty[]
}

/** A message of the log. `older` and `newer` are its neighbours of the same topic that are still held. */
export interface LoggedMessage extends IncomingMessage {
  readonly sequence: number
  readonly receivedAtMs: number
  older: LoggedMessage | null
  newer: LoggedMessage | null
}

/** The messages of one topic in the log. */
export interface TopicHistory {
  newest: LoggedMessage | null
  kept: number
}

/** What a message costs beside its payload: the objects that hold it (measured with Node 20's heap statistics). */
const OVERHEAD_BYTES = 240
const COMPACT_AFTER = 4_096

/**
 * Every message of a connection, in order of arrival, within one budget of bytes.
 * Invariants: sequences grow by one; the oldest messages go first; but the last message of each topic stays,
 * so the topic tree never loses a value. Those that outlived their turn are `survivors`.
 */
export class MessageLog {
  /** Oldest first, from `head`; their sequences are consecutive. */
  #queue: (LoggedMessage | undefined)[] = []
  #head = 0
  readonly #survivors = new Map<number, LoggedMessage>()
  #bytes = 0
  #sequence = 0
  #evicted = 0

  constructor(readonly budgetBytes: number) {}

  get bytes(): number {
    return this.#bytes
  }

  /** The sequence number of the newest message; 0 before the first. */
  get sequence(): number {
    return this.#sequence
  }

  /** How many messages were let go to stay within the budget. */
  get evicted(): number {
    return this.#evicted
  }

  /** When the oldest message that is held in order came, or null. */
  get oldestAtMs(): number | null {
    return this.#queue[this.#head]?.receivedAtMs ?? null
  }

  /** Takes a message in as the newest of its topic. The payload must be the log's own copy. */
  append(message: IncomingMessage, history: TopicHistory, receivedAtMs: number): LoggedMessage {
    const { topic, payload, qos, retain, dup, properties } = message
    this.#sequence += 1
    let older = history.newest
    if (older !== null && this.#survivors.delete(older.sequence)) {
      this.#release(older)
      history.kept -= 1
      older = null
    }
    const logged: LoggedMessage = {
      topic,
      payload,
      qos,
      retain,
      dup,
      properties,
      sequence: this.#sequence,
      receivedAtMs,
      older,
      newer: null,
    }
    if (older !== null) older.newer = logged
    history.newest = logged
    history.kept += 1
    this.#queue.push(logged)
    this.#bytes += sizeOf(logged)
    return logged
  }

  /** Lets the oldest messages go until the log is within its budget; `historyOf` finds a topic's history. */
  evict(historyOf: (topic: string) => TopicHistory | undefined): void {
    while (this.#bytes > this.budgetBytes) {
      const oldest = this.#queue[this.#head]
      if (oldest === undefined) break
      this.#queue[this.#head] = undefined
      this.#head += 1
      if (oldest.newer === null) {
        this.#survivors.set(oldest.sequence, oldest)
        continue
      }
      oldest.newer.older = null
      const history = historyOf(oldest.topic)
      if (history !== undefined) history.kept -= 1
      this.#release(oldest)
    }
    if (this.#head > COMPACT_AFTER && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
  }

  /** The message with this sequence number, or undefined when it was let go. */
  find(sequence: number): LoggedMessage | undefined {
    const first = this.#queue[this.#head]?.sequence ?? Number.POSITIVE_INFINITY
    return sequence >= first ? this.#queue[this.#head + sequence - first] : this.#survivors.get(sequence)
  }

  #release(message: LoggedMessage): void {
    this.#bytes -= sizeOf(message)
    this.#evicted += 1
  }
}

function sizeOf(message: LoggedMessage): number {
  let bytes = OVERHEAD_BYTES + message.payload.byteLength
  for (const property of message.properties) bytes += 2 * (property.name.length + property.value.length)
  return bytes
}
