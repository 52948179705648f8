import type { IPublishPacket } from 'mqtt-packet'
import type { EngineConfig } from '../../../../src-main/engine/engine-api'
import { Ingest } from '../../../../src-main/engine/ingest/ingest'
import { NO_NODE, type NodeId } from '../../../../src-main/engine/topics/node-id'
import type { TopicTree } from '../../../../src-main/engine/topics/topic-tree'
import { arrive } from './arriving'

/** What a connection has received: messages come in as packets from the network. */
export class Received {
  readonly ingest: Ingest

  constructor(config: Partial<EngineConfig> = {}, tree?: TopicTree) {
    this.ingest = new Ingest({ logBudgetBytes: 1_000_000, expandedTopics: [], forgetClearedTopics: false, ...config }, tree)
  }

  take(topic: string, payload: string | Uint8Array = '', more: Partial<IPublishPacket> = {}): void {
    arrive(this.ingest, topic, payload, more)
  }

  /** Takes one message in on each of these topics, in this order; each says its sequence number: `m1`, `m2`, … */
  takeAll(...topics: string[]): void {
    for (const topic of topics) this.take(topic, `m${this.ingest.log.sequence + 1}`)
  }

  nodeOf(topic: string): NodeId {
    const node = this.ingest.tree.findTopic(topic)
    if (node === NO_NODE) throw new Error(`${topic} is not there`)
    return node
  }
}
