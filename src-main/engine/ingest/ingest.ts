import type { TopicFault } from '@shared/mqtt/topic'
import type { EngineConfig } from '../engine-api'
import type { Inlet } from '../history/inlet'
import { MessageLog } from '../history/message-log'
import { NO_NODE, type NodeId } from '../topics/node-id'
import { TopicTree } from '../topics/topic-tree'
import type { PublishFields } from '../wire/publish-fields'
import type { Intake, PublishSink } from '../wire/publish-sink'
import { ProcessorMeter } from './processor-meter'
import { RateMeter } from './rate-meter'
import { topicBytesFault } from './topic-bytes'

/** How often, at the most, it is looked what topics are to be forgotten, and the share of the time that may take. */
const TIDY_INTERVAL_MS = 100
const TIDY_SHARE = 1 / 10
/** How long forgetting may hold up everything else, looked at after so many topics. */
const FORGET_SLICE_MS = 10
const TOPICS_BETWEEN_LOOKS = 64

/**
 * The way in: each message goes to the topic tree, the log and the counters, and nowhere else.
 * What looks at them (the views) asks; nothing is sent per message.
 * Invariants: a message that is counted is in the log and is the last of its topic; sequences have no gaps.
 */
export class Ingest implements PublishSink, Intake {
  readonly tree: TopicTree
  readonly log: MessageLog
  readonly #messageRate = new RateMeter()
  readonly #byteRate = new RateMeter()
  readonly #processor = new ProcessorMeter()
  /** Topics whose last message, when it came, was empty: each once, for a pause may be long. */
  readonly #cleared = new Set<NodeId>()
  #nowMs = 0
  #chunkMessages = 0
  #chunkBytes = 0
  #bytesReceived = 0
  #refused = 0
  #tidyNotBeforeMs = 0
  /** While true no topic is forgotten, so that what is looked at stays. */
  held = false

  /** Whether an empty message makes its topic go: if it had a retained message, it has none any more [MQTT-3.3.1-6]. */
  forgetClearedTopics: boolean

  constructor({ logBudgetBytes, expandedTopics, forgetClearedTopics }: EngineConfig, tree = new TopicTree({ expandedTopics })) {
    this.forgetClearedTopics = forgetClearedTopics
    this.tree = tree
    this.log = new MessageLog(logBudgetBytes, this.tree)
  }

  get messagesReceived(): number {
    return this.log.sequence
  }

  /** Bytes of topics and payloads received. */
  get bytesReceived(): number {
    return this.#bytesReceived
  }

  /** Messages that could not be taken in: an illegal topic name, or the tree was full. */
  get refused(): number {
    return this.#refused
  }

  get topicsForgotten(): number {
    return this.tree.removedTopics
  }

  get messagesPerSecond(): number {
    return this.#messageRate.perSecond(performance.now())
  }

  get bytesPerSecond(): number {
    return this.#byteRate.perSecond(performance.now())
  }

  /** Share of one processor that this thread takes, 0 to 100; null where that is not known. */
  get processorPercent(): number | null {
    return this.#processor.percent(performance.now())
  }

  get sink(): PublishSink {
    return this
  }

  openInlet(isMqtt5: boolean): Inlet {
    return this.log.openInlet(isMqtt5)
  }

  begin(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, nowMs)
    this.#chunkMessages = 0
    this.#chunkBytes = 0
  }

  get foresees(): boolean {
    return this.tree.lookahead.pays
  }

  foresee(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): void {
    this.tree.lookahead.ready(bytes, starts, ends, count)
  }

  take(
    _bytes: Uint8Array,
    segment: number,
    fields: PublishFields,
    topicBytes: Uint8Array,
    topicStart: number,
    topicEnd: number,
  ): TopicFault | null {
    const { tree, log } = this
    let node = tree.find(topicBytes, topicStart, topicEnd)
    // The first level of `/a` has no byte: it can be found, and is no topic name [MQTT-4.7.3-1].
    if (node === NO_NODE || topicStart === topicEnd) {
      const fault = topicBytesFault(topicBytes, topicStart, topicEnd)
      if (fault !== null) {
        this.#refused += 1
        return fault
      }
      node = tree.ensure(topicBytes, topicStart, topicEnd)
      if (node === NO_NODE) {
        this.#refused += 1
        return null
      }
    }
    const payloadBytes = fields.end - fields.payloadStart
    const bytes = topicEnd - topicStart + payloadBytes
    const sequence = log.append(segment, fields.start, node, tree.lastSequence(node), this.#nowMs)
    tree.record(node, sequence, this.#nowMs, bytes, segment, fields.start, fields.retain)
    if (payloadBytes === 0 && this.forgetClearedTopics) this.#cleared.add(node)
    this.#chunkMessages += 1
    this.#chunkBytes += bytes
    return null
  }

  end(): void {
    this.#bytesReceived += this.#chunkBytes
    const nowMs = performance.now()
    if (this.#chunkMessages > 0) {
      this.#messageRate.add(this.#chunkMessages, nowMs)
      this.#byteRate.add(this.#chunkBytes, nowMs)
    }
    this.tidy(nowMs)
  }

  /** Forgets the topics whose last message still is the empty one, and gives back what the log no longer needs; now and then. */
  tidy(nowMs: number): void {
    if (this.held || nowMs < this.#tidyNotBeforeMs) return
    const startedAtMs = performance.now()
    this.#forgetCleared(startedAtMs + FORGET_SLICE_MS)
    const { oldestSequence } = this.log
    // What is not counted yet cannot be given back, and where nobody looks nobody counts.
    if (this.tree.waitsForFold(oldestSequence)) this.tree.fold(Date.now())
    this.tree.reclaim(oldestSequence)
    this.#tidyNotBeforeMs = nowMs + Math.max(TIDY_INTERVAL_MS, (performance.now() - startedAtMs) / TIDY_SHARE)
  }

  #forgetCleared(untilMs: number): void {
    let looked = 0
    for (const node of this.#cleared) {
      this.#cleared.delete(node)
      if (this.tree.isTopic(node) && this.log.lastOf(node)?.payload.byteLength === 0) {
        this.log.forget(node)
        this.tree.remove(node)
      }
      looked += 1
      if (looked % TOPICS_BETWEEN_LOOKS === 0 && performance.now() > untilMs) return
    }
  }
}
