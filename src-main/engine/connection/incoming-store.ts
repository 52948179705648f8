import { Readable } from 'node:stream'
import type { IStore } from 'mqtt'

type Packet = Parameters<IStore['put']>[0]

/**
 * Where MQTT.js would keep incoming messages of QoS 2 until their PUBREL. They are taken in before it sees them (see
 * `wire/message-intake.ts`), so there is nothing to keep: it only has to answer.
 */
export class IncomingStore implements IStore {
  /** @param answers whether what comes is still answered */
  constructor(private readonly answers: () => boolean) {}

  put(_packet: Packet, answer: () => void): this {
    if (this.answers()) answer()
    return this
  }

  get({ messageId = 0 }: Pick<Packet, 'messageId'>, found: (error?: Error, packet?: Packet) => void): this {
    found(undefined, { cmd: 'publish', messageId, topic: '', payload: Buffer.alloc(0), qos: 2, dup: false, retain: false })
    return this
  }

  del(_packet: Pick<Packet, 'messageId'>, done: (error?: Error) => void): this {
    done()
    return this
  }

  createStream(): ReturnType<IStore['createStream']> {
    return Readable.from([]) as ReturnType<IStore['createStream']>
  }

  close(done: () => void): void {
    done()
  }
}
