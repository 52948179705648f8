import { topicNameFault } from '@shared/mqtt/topic'
import { MessageLog, type IncomingMessage } from '../history/message-log'
import { TopicTree } from '../topics/topic-tree'
import { RateMeter } from './rate-meter'

/**
 * The way in: each message goes to the topic tree, the log and the counters, and nowhere else.
 * What looks at them (the views) asks; nothing is sent per message.
 */
export class Ingest {
  readonly tree: TopicTree
  readonly log: MessageLog
  readonly #rate = new RateMeter()
  #bytesReceived = 0
  #refused = 0

  constructor(logBudgetBytes: number, expandedTopics: readonly string[]) {
    this.tree = new TopicTree(expandedTopics)
    this.log = new MessageLog(logBudgetBytes)
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

  get messagesPerSecond(): number {
    return this.#rate.perSecond(performance.now())
  }

  /** Counts a message that was refused before it came here. */
  countRefused(): void {
    this.#refused += 1
  }

  /** Takes a message in. Its payload is copied: the client's buffers are parts of larger ones. */
  take(message: IncomingMessage): void {
    // A topic seen before was legal then.
    const known = this.tree.get(message.topic)
    if (known === undefined && topicNameFault(message.topic) !== null) {
      this.#refused += 1
      return
    }
    const node = known ?? this.tree.ensure(message.topic, this.log.sequence + 1)
    if (node === null) {
      this.#refused += 1
      return
    }
    // Each packet brings its topic as a string of its own; the one that is known serves all messages.
    const topic = node.newest?.topic ?? message.topic
    const logged = this.log.append({ ...message, topic, payload: Buffer.from(message.payload) }, node, Date.now())
    this.tree.record(node, logged)
    this.log.evict((topic) => this.tree.get(topic))
    this.#rate.count(performance.now())
    this.#bytesReceived += Buffer.byteLength(topic) + message.payload.byteLength
  }
}
