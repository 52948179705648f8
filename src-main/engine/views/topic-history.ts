import type { MessageLog } from '../history/message-log'
import { NO_NODE, type NodeId } from '../topics/node-id'

/** A message of the topic by its place: places count from a message of no meaning, and grow towards the older ones. */
export interface Mark {
  readonly place: number
  readonly sequence: number
}

/** So many messages apart, at least, are the marks that are kept. */
const MARK_STEP = 256

/**
 * The messages of one topic, newest first, by their place. The log only tells the next older one: places passed on the way
 * are marked now and then, so that no way is gone twice. Places stay what they are while messages come and go.
 */
export class TopicHistory {
  /** From new to old. The first is the newest message of all. */
  #marks: Mark[] = []
  #topic: NodeId = NO_NODE

  constructor(private readonly log: Pick<MessageLog, 'olderOf' | 'read'>) {}

  /** Which topic it is about from now on. */
  turnTo(topic: NodeId): void {
    if (topic === this.#topic) return
    this.#topic = topic
    this.#marks = []
  }

  /** Takes in what came up to the topic's last message, 0 for none; its place. */
  advance(newest: number): number {
    const top = this.#marks[0] ?? { place: 0, sequence: newest }
    let sequence = newest
    let count = 0
    for (; sequence > top.sequence; sequence = this.log.olderOf(sequence)) count += 1
    if (this.#marks.length === 0 || sequence !== top.sequence) {
      // All that was known is gone from the log.
      this.#marks = [{ place: 0, sequence: newest }]
      return 0
    }
    const mark = { place: top.place - count, sequence: newest }
    const next = this.#marks[1]
    const isTopNeeded = next === undefined || next.place - mark.place > MARK_STEP
    if (count > 0) this.#marks.splice(0, isTopNeeded ? 0 : 1, mark)
    while (this.#marks.length > 1 && this.#held(this.#marks.at(-1)) === null) this.#marks.pop()
    return mark.place
  }

  /** The newest held message up to a sequence number, or null. */
  upTo(sequence: number): Mark | null {
    return this.#walk((mark) => mark.sequence <= sequence)
  }

  /** The message at a place, or null when there is none or it is gone. */
  at(place: number): Mark | null {
    return this.#walk((mark) => mark.place >= place)
  }

  /** Goes from the last mark that is not there yet until it is. */
  #walk(isThere: (mark: Mark) => boolean): Mark | null {
    const firstThere = this.#marks.findIndex(isThere)
    let index = (firstThere < 0 ? this.#marks.length : firstThere) - 1
    if (index < 0) return this.#held(this.#marks[0])
    while (index > 0 && this.#held(this.#marks[index]) === null) index -= 1
    // What is gone, and all that is older, is no way to anywhere.
    if (this.#held(this.#marks[index + 1]) === null) this.#marks.length = index + 1
    let passed = 0
    for (let mark = this.#marks[index] ?? null; mark !== null; mark = this.#older(mark)) {
      if (isThere(mark)) return mark
      if (passed === MARK_STEP) {
        index += 1
        this.#marks.splice(index, 0, mark)
        passed = 0
      }
      passed += 1
    }
    return null
  }

  #older({ place, sequence }: Mark): Mark | null {
    const older = this.log.olderOf(sequence)
    return older === 0 ? null : { place: place + 1, sequence: older }
  }

  #held(mark: Mark | undefined): Mark | null {
    return mark === undefined || this.log.read(mark.sequence, this.#topic) === null ? null : mark
  }
}
