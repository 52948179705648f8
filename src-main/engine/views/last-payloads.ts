import type { MessageLog } from '../history/message-log'
import type { ValueBytes } from '../search/searchable-tree'
import type { NodeId } from '../topics/node-id'

const NO_BYTES: Uint8Array = new Uint8Array()

/** The last payload of each topic, for searches. */
export class LastPayloads implements ValueBytes {
  bytes = NO_BYTES
  readonly start = 0

  constructor(private readonly log: Pick<MessageLog, 'lastOf'>) {}

  get end(): number {
    return this.bytes.byteLength
  }

  locate(topic: NodeId): boolean {
    const message = this.log.lastOf(topic)
    if (message === null) return false
    this.bytes = message.payload
    return true
  }
}
