/** What was sent on one topic. */
export interface SentTopic {
  readonly name: string
  /** The counter of its newest message: they count from 1. */
  counter: number
  /** Messages of QoS 1 that were sent a second time: `counter` when `after` was the newest. */
  readonly repeats: { readonly counter: number; readonly after: number }[]
}

/** One message of the soak. Its payload tells its counter, unless it is empty: that clears the topic. */
export interface SoakMessage {
  readonly topic: SentTopic
  readonly counter: number
  readonly payload: Buffer
}

export interface SoakPlan {
  /** Topics there are once all have had a message. */
  readonly topics: number
  /** So many messages apart a new topic appears; half-way between, once there are enough, the oldest of them is cleared. */
  readonly messagesABirth: number
}

/** The share of topics that come and go. */
const PASSING_SHARE = 1 / 5
const SMALL_BYTES = 30
const USUAL_BYTES = 110
const LARGE_BYTES = 100_000
const HUGE_BYTES = 3_000_000
const MESSAGES_A_SMALL = 5
const MESSAGES_A_LARGE = 2_000
const MESSAGES_A_HUGE = 200_000
const LARGE_TOPICS = 5
const DEVICES_A_LINE = 100

const COUNTER = /^\{"counter":(\d+),/

/** JSON of so many bytes that tells the counter. */
export function payloadOf(counter: number, bytes: number): Buffer {
  return Buffer.from(`${`{"counter":${counter},"note":"`.padEnd(bytes - 2, 'x')}"}`)
}

/** @throws {Error} for a payload that is none of ours */
export function counterOf(payload: Uint8Array): number {
  const start = Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.byteLength, SMALL_BYTES)).toString('latin1')
  const digits = COUNTER.exec(start)?.[1]
  if (digits === undefined) throw new Error(`no counter in ${start}`)
  return Number(digits)
}

/** The counters of a topic's messages in the order they were sent, the oldest first. */
export function countersOf({ counter, repeats }: SentTopic): number[] {
  const counters: number[] = []
  for (let sent = 1; sent <= counter; sent += 1) {
    counters.push(sent, ...repeats.filter(({ after }) => after === sent).map((repeat) => repeat.counter))
  }
  return counters
}

/** The messages of a soak, the same in each run: topics that last, topics that come and go, payloads of all sizes. */
export class SoakTraffic {
  /** All topics with a message that were not cleared since. */
  readonly #lasting: SentTopic[]
  readonly #passing: SentTopic[] = []
  readonly #large = Array.from({ length: LARGE_TOPICS }, (_, index) => newTopic(`plant/camera-${index}/picture`))
  readonly #huge = newTopic('plant/firmware')
  readonly #mostPassing: number
  #born = 0
  #messages = 0
  #random = 0x9e3779b9

  constructor(private readonly plan: SoakPlan) {
    this.#mostPassing = Math.floor(plan.topics * PASSING_SHARE)
    const lasting = plan.topics - this.#mostPassing - LARGE_TOPICS - 1
    this.#lasting = Array.from({ length: lasting }, (_, index) => newTopic(nameOf('device', index)))
  }

  /** Topics with a message. */
  get topics(): SentTopic[] {
    return [...this.#lasting, ...this.#passing, ...this.#large, this.#huge].filter(({ counter }) => counter > 0)
  }

  next(): SoakMessage {
    this.#messages += 1
    const at = this.#messages % this.plan.messagesABirth
    if (at === 0) return this.#appear()
    if (at === Math.floor(this.plan.messagesABirth / 2) && this.#passing.length > this.#mostPassing - 1) return this.clear()
    if (this.#messages % MESSAGES_A_HUGE === 1) return this.huge()
    if (this.#messages % MESSAGES_A_LARGE === 1) return messageOn(this.#pick(this.#large), LARGE_BYTES)
    const bytes = this.#messages % MESSAGES_A_SMALL === 1 ? SMALL_BYTES : USUAL_BYTES
    return messageOn(this.#messages <= this.#lasting.length ? this.#at(this.#lasting, this.#messages - 1) : this.#pickAny(), bytes)
  }

  /** A message of a topic that lasts, to be sent with a QoS: one that is sent again must not bring a cleared topic back. */
  nextLasting(): SoakMessage {
    return messageOn(this.#pick(this.#lasting), USUAL_BYTES)
  }

  /** The largest message there is. */
  huge(): SoakMessage {
    return messageOn(this.#huge, HUGE_BYTES)
  }

  /** The empty message that makes the oldest topic that came go again. */
  clear(): SoakMessage {
    const topic = this.#passing.shift()
    if (topic === undefined) throw new Error('there is none that came')
    return { topic, counter: 0, payload: Buffer.alloc(0) }
  }

  /** The first message of a topic that was cleared: it is anew. */
  bringBack(name: string): SoakMessage {
    const topic = newTopic(name)
    this.#passing.push(topic)
    return messageOn(topic, USUAL_BYTES)
  }

  #appear(): SoakMessage {
    this.#born += 1
    return this.bringBack(nameOf('batch', this.#born))
  }

  #pickAny(): SentTopic {
    const index = this.#randomBelow(this.#lasting.length + this.#passing.length)
    return index < this.#lasting.length ? this.#at(this.#lasting, index) : this.#at(this.#passing, index - this.#lasting.length)
  }

  #pick(topics: readonly SentTopic[]): SentTopic {
    return this.#at(topics, this.#randomBelow(topics.length))
  }

  #at(topics: readonly SentTopic[], index: number): SentTopic {
    const topic = topics[index]
    if (topic === undefined) throw new RangeError(`there is no topic ${index}`)
    return topic
  }

  /** xorshift32 */
  #randomBelow(limit: number): number {
    this.#random ^= this.#random << 13
    this.#random ^= this.#random >>> 17
    this.#random ^= this.#random << 5
    return (this.#random >>> 0) % limit
  }
}

function newTopic(name: string): SentTopic {
  return { name, counter: 0, repeats: [] }
}

function nameOf(kind: string, index: number): string {
  return `plant/${kind}/line-${Math.floor(index / DEVICES_A_LINE)}/${kind}-${index}/state`
}

function messageOn(topic: SentTopic, bytes: number): SoakMessage {
  topic.counter += 1
  return { topic, counter: topic.counter, payload: payloadOf(topic.counter, bytes) }
}
