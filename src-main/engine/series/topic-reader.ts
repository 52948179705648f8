import { isSamePath, type FieldPath } from '@shared/payload/field-path'
import { numberOf } from '@shared/payload/number-of'
import { FieldQueue } from '../fields/field-queue'
import type { FieldReader } from '../fields/field-reader'
import type { MessageLog } from '../history/message-log'
import { NO_NODE, type NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import { FieldPoints } from './field-points'

/** What is read between two looks at the clock. */
const MESSAGES_BETWEEN_LOOKS = 64
const BYTES_BETWEEN_LOOKS = 64 << 10

/** More characters are no number. */
const MOST_CHARACTERS = 400

/** A field that somebody looks at. */
interface OpenField {
  readonly path: FieldPath
  readonly points: FieldPoints
  /** Since when it is looked at, by each who does. */
  readonly wanted: Map<object, number>
}

/** Where the numbers of a message go. */
interface Destination {
  readonly fields: readonly OpenField[]
  readonly add: 'addNewest' | 'addOldest'
  readonly atMs: number
}

/** Fields that are read backwards side by side: `next` is the message to read next, 0 for none. */
interface Pass {
  readonly fields: OpenField[]
  next: number
}

type Tree = Pick<TopicTree, 'findTopic' | 'lastSequence'>
type Log = Pick<MessageLog, 'read' | 'olderOf'>

/**
 * Reads the messages of one topic for the fields that are looked at: each message once, what is new first, then backwards
 * as far as somebody looks. Numbers stay when their message has left the log.
 */
export class TopicReader {
  readonly #fields: OpenField[] = []
  readonly #passes: Pass[] = []
  /** All up to this message is read, or to be read by a pass. */
  #newest: number
  /** New messages to read, from new to old. */
  #coming: number[] = []
  #bytesRead = 0
  readonly #queue: FieldQueue<Destination>
  #node: NodeId = NO_NODE

  constructor(
    private readonly tree: Tree,
    private readonly log: Log,
    readonly topic: string,
    reader: FieldReader,
    private readonly mostPoints?: number,
  ) {
    this.#queue = new FieldQueue(reader, MOST_CHARACTERS, ({ fields, add, atMs }, values) => {
      fields.forEach(({ points }, index) => points[add](atMs, numberOf(values?.[index])))
    })
    this.#newest = this.#lastSequence()
  }

  get hasFields(): boolean {
    return this.#fields.length > 0
  }

  /** Whether the topic has had a message. */
  get isKnown(): boolean {
    return this.#lastSequence() > 0
  }

  /** Looks at a field from a time on, on behalf of `looker`, who did not so before or now looks from another time on. */
  look(path: FieldPath, looker: object, fromMs: number): FieldPoints {
    const known = this.#fields.find((field) => isSamePath(field.path, path))
    const field = known ?? this.#open(path)
    field.wanted.set(looker, fromMs)
    return field.points
  }

  leave(looker: object): void {
    for (const field of [...this.#fields]) {
      if (!field.wanted.delete(looker) || field.wanted.size > 0) continue
      remove(this.#fields, field)
      for (const pass of this.#passes) remove(pass.fields, field)
    }
    for (const pass of [...this.#passes]) if (pass.fields.length === 0) remove(this.#passes, pass)
  }

  /** Whether {@link step} can do something now. */
  get canStep(): boolean {
    return !this.#queue.isWaiting && this.isBusy
  }

  /** Whether there is more to read. */
  get isBusy(): boolean {
    return this.#queue.length > 0 || this.#coming.length > 0 || this.#lastSequence() > this.#newest || this.#passes.some((pass) => this.#goesOn(pass))
  }

  /** Goes on until all is read, or handed over to be read elsewhere, or `performance.now()` passes `untilMs`. */
  step(untilMs: number): void {
    while (this.canStep) {
      this.#readOn()
      if (performance.now() >= untilMs) return
    }
  }

  #open(path: FieldPath): OpenField {
    const field: OpenField = { path, points: new FieldPoints(this.mostPoints), wanted: new Map() }
    // What is still to come goes to all fields, this one too.
    const start = this.#coming.length > 0 ? this.log.olderOf(this.#coming.at(-1) ?? 0) : this.#newest
    const pass = this.#passes.find(({ next }) => next === start)
    if (pass !== undefined) pass.fields.push(field)
    else this.#passes.push({ fields: [field], next: start })
    this.#fields.push(field)
    return field
  }

  #readOn(): void {
    this.#bytesRead = 0
    this.#node = this.tree.findTopic(this.topic)
    this.#collect()
    for (let count = 0; count < MESSAGES_BETWEEN_LOOKS && this.#bytesRead < BYTES_BETWEEN_LOOKS; count += 1) {
      const sequence = this.#coming.pop()
      if (sequence === undefined) break
      this.#readInto(sequence, this.#fields, 'addNewest')
    }
    if (this.#coming.length === 0) for (const pass of this.#passes) this.#readBack(pass)
    if (this.#queue.isFull || !(this.#coming.length > 0 || this.#passes.some((pass) => this.#goesOn(pass)))) this.#queue.handOver()
  }

  #collect(): void {
    if (this.#coming.length > 0) return
    const last = this.#lastSequence()
    for (let sequence = last; sequence > this.#newest; sequence = this.log.olderOf(sequence)) this.#coming.push(sequence)
    this.#newest = Math.max(this.#newest, last)
  }

  #readBack(pass: Pass): void {
    for (let count = 0; count < MESSAGES_BETWEEN_LOOKS && this.#bytesRead < BYTES_BETWEEN_LOOKS; count += 1) {
      if (!this.#goesOn(pass)) return
      this.#readInto(pass.next, pass.fields.filter(({ points }) => !points.isFull), 'addOldest')
      pass.next = this.log.olderOf(pass.next)
    }
  }

  /** Whether there are older messages to read that somebody looks at: until each field has a number before that, so that its line goes on to there. */
  #goesOn({ fields, next }: Pass): boolean {
    return next > 0 && fields.some((field) => !field.points.isFull && !reachesBack(field))
  }

  #readInto(sequence: number, fields: readonly OpenField[], add: 'addNewest' | 'addOldest'): void {
    const message = this.log.read(sequence, this.#node)
    if (message === null) return
    this.#bytesRead += message.payload.byteLength
    this.#queue.add(message, fields.map(({ path }) => path), { fields: [...fields], add, atMs: message.receivedAtMs })
  }

  #lastSequence(): number {
    const node = this.tree.findTopic(this.topic)
    return node === NO_NODE ? 0 : this.tree.lastSequence(node)
  }
}

function reachesBack({ points: { times, missing }, wanted }: OpenField): boolean {
  const fromMs = Math.min(...wanted.values())
  // Where a message has the number only now and then, the one before may be far away: a message before will do.
  return (times.length > 0 && times.at(times.first) < fromMs) || (missing.length > 0 && missing.at(missing.first) < fromMs)
}

function remove<Item>(list: Item[], item: Item): void {
  const index = list.indexOf(item)
  if (index >= 0) list.splice(index, 1)
}
