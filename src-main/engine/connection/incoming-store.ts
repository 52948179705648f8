import { Readable } from 'node:stream'
import type { IPublishPacket, IStore } from 'mqtt'

type Packet = Parameters<IStore['put']>[0]

/**
 * Hands on incoming QoS 2 messages when they first come, and keeps nothing of them but the packet identifier until PUBREL: the
 * second way of [4.3.3]. The identifiers outlive the network connection, so a message that is sent again is not taken again.
 */
export class IncomingStore implements IStore {
  constructor(
    private readonly received: Set<number>,
    /** Takes a new message; false when it is too late for any: then it must not be answered. */
    private readonly take: (packet: IPublishPacket) => boolean,
  ) {}

  put(packet: Packet, answer: () => void): this {
    if (packet.cmd !== 'publish') return this
    const identifier = packet.messageId ?? 0
    if (!this.received.has(identifier)) {
      if (!this.take(packet)) return this
      this.received.add(identifier)
    }
    answer()
    return this
  }

  /** What MQTT.js hands on at PUBREL: nothing that has not been handed on. */
  get({ messageId = 0 }: Pick<Packet, 'messageId'>, found: (error?: Error, packet?: Packet) => void): this {
    if (this.received.has(messageId)) {
      found(undefined, { cmd: 'publish', messageId, topic: '', payload: Buffer.alloc(0), qos: 2, dup: false, retain: false })
    } else found(new Error('released already'))
    return this
  }

  del({ messageId = 0 }: Pick<Packet, 'messageId'>, done: (error?: Error) => void): this {
    done(this.received.delete(messageId) ? undefined : new Error('released already'))
    return this
  }

  createStream(): ReturnType<IStore['createStream']> {
    return Readable.from([]) as ReturnType<IStore['createStream']>
  }

  close(done: () => void): void {
    done()
  }
}
