import { generate, type IPublishPacket } from 'mqtt-packet'
import { Ingest } from '../../../../src-main/engine/ingest/ingest'
import { NO_NODE, type NodeId } from '../../../../src-main/engine/topics/node-id'

/** What an MQTT 3.1.1 connection has received: packets come in as from the network. */
export class Received {
  readonly ingest: Ingest
  readonly #inlet

  constructor(logBudgetBytes = 1_000_000) {
    this.ingest = new Ingest(logBudgetBytes, [], false)
    this.#inlet = this.ingest.log.openInlet(false)
  }

  take(topic: string, payload: string | Uint8Array = '', more: Partial<IPublishPacket> = {}): void {
    const rest = { qos: 0, retain: false, dup: false, ...more } as const
    const packet = generate({ cmd: 'publish', topic, payload: Buffer.from(payload), messageId: rest.qos === 0 ? undefined : 1, ...rest })
    const inlet = this.#inlet
    inlet.expect(packet.length)
    let start = 0
    for (let at = 0; at < packet.length; ) {
      const room = inlet.room()
      const count = Math.min(room.length, packet.length - at)
      room.set(packet.subarray(at, at + count))
      inlet.filled(count)
      at += count
      start = inlet.end - at
    }
    this.ingest.begin(Date.now())
    const topicBytes = Buffer.byteLength(topic)
    const topicStart = start + packet.indexOf(topic, packet.length - Buffer.byteLength(payload) - topicBytes - (rest.qos === 0 ? 0 : 2))
    const fields = { start, end: inlet.end, payloadStart: inlet.end - Buffer.byteLength(payload), retain: rest.retain }
    this.ingest.take(inlet.segment, fields as never, inlet.bytes, topicStart, topicStart + topicBytes)
    inlet.consume(inlet.end)
    this.ingest.end()
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
