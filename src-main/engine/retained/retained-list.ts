import { MAX_LISTED_RETAINED, MAX_RETAINED_BYTES, type RetainedChoice, type RetainedOrder, type RetainedRemark, type RetainedSelection } from '@shared/retained/retained'
import type { RetainedMessage } from '../engine-api'
import { isWhole, START_BYTES } from './retained-message'

/** Most that is kept beside payloads: topics, of which one may have 65,535 bytes, and properties, which may be longer still. */
const MOST_BESIDE_BYTES = 128 * 1_024 * 1_024

/** What the broker listed: one message a topic, limited in number; of payloads beyond a budget only the start is kept. */
export class RetainedList {
  readonly #messages = new Map<string, RetainedMessage>()
  readonly #selected = new Set<string>()
  readonly #remarks = new Map<string, RetainedRemark>()
  #ordered: { readonly order: RetainedOrder; readonly messages: readonly RetainedMessage[] } | null = null
  #keptBytes = 0
  #bytes = 0
  #besideBytes = 0
  #selectedBytes = 0

  constructor(
    private readonly mostMessages = MAX_LISTED_RETAINED,
    private readonly mostBytes = MAX_RETAINED_BYTES,
    private readonly mostBesideBytes = MOST_BESIDE_BYTES,
  ) {}

  get count(): number {
    return this.#messages.size
  }

  /** Of all payloads, kept or not. */
  get bytes(): number {
    return this.#bytes
  }

  get selected(): number {
    return this.#selected.size
  }

  get selectedBytes(): number {
    return this.#selectedBytes
  }

  get isFull(): boolean {
    return this.#messages.size >= this.mostMessages || this.#besideBytes >= this.mostBesideBytes
  }

  /** Takes a message, in place of what there was of its topic. */
  add(message: RetainedMessage): void {
    const before = this.#messages.get(message.topic)
    if (before === undefined && this.isFull) return
    if (before !== undefined) this.#account(before, -1)
    const fits = this.#keptBytes + message.payloadBytes + message.properties.byteLength <= this.mostBytes
    const kept: RetainedMessage = fits ? message : { ...message, payload: message.payload.slice(0, START_BYTES) }
    this.#messages.set(message.topic, kept)
    this.#account(kept, 1)
    this.#ordered = null
  }

  find(topic: string): RetainedMessage | undefined {
    return this.#messages.get(topic)
  }

  topics(): Iterable<string> {
    return this.#messages.keys()
  }

  isSelected(topic: string): boolean {
    return this.#selected.has(topic)
  }

  remarkOn(topic: string): RetainedRemark | null {
    return this.#remarks.get(topic) ?? null
  }

  remark(topic: string, remark: RetainedRemark): void {
    this.#remarks.set(topic, remark)
  }

  /** The messages that show in an order, in that order. */
  inOrder(order: RetainedOrder): readonly RetainedMessage[] {
    const known = this.#ordered
    if (known !== null && known.order.text === order.text && known.order.sort === order.sort && known.order.descending === order.descending) {
      return known.messages
    }
    const sign = order.descending ? -1 : 1
    const messages = this.#showing(order.text).sort((one, other) => sign * compare(one, other, order.sort))
    this.#ordered = { order, messages }
    return messages
  }

  select({ order, first, last, selected, keepOthers }: RetainedSelection): void {
    if (!keepOthers) {
      this.#selected.clear()
      this.#selectedBytes = 0
    }
    for (const { topic, payloadBytes } of this.inOrder(order).slice(first, last + 1)) {
      if (this.#selected.has(topic) === selected) continue
      if (selected) this.#selected.add(topic)
      else this.#selected.delete(topic)
      this.#selectedBytes += selected ? payloadBytes : -payloadBytes
    }
  }

  /** What a choice stands for, by their topics. */
  chosen(choice: RetainedChoice): RetainedMessage[] {
    const messages = choice.kind === 'selected' ? [...this.#messages.values()].filter(({ topic }) => this.#selected.has(topic)) : this.#showing(choice.text)
    return messages.sort((one, other) => compareText(one.topic, other.topic))
  }

  #showing(text: string): RetainedMessage[] {
    const wanted = text.toLowerCase()
    const all = [...this.#messages.values()]
    return wanted === '' ? all : all.filter(({ topic }) => topic.toLowerCase().includes(wanted))
  }

  #account(message: RetainedMessage, sign: 1 | -1): void {
    this.#bytes += sign * message.payloadBytes
    this.#besideBytes += sign * (message.topic.length + message.properties.byteLength)
    if (isWhole(message)) this.#keptBytes += sign * (message.payloadBytes + message.properties.byteLength)
  }
}

function compare(one: RetainedMessage, other: RetainedMessage, by: RetainedOrder['sort']): number {
  switch (by) {
    case 'topic':
      return compareText(one.topic, other.topic)
    case 'size':
      return one.payloadBytes - other.payloadBytes || compareText(one.topic, other.topic)
    case 'qos':
      return (one.qos ?? -1) - (other.qos ?? -1) || compareText(one.topic, other.topic)
  }
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
