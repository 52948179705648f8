import type { TopicFault } from '@shared/mqtt/topic'
import type { Inlet } from '../history/inlet'
import type { PublishFields } from './publish-fields'

/** Takes in the messages of a connection, each once, in the order they came. */
export interface PublishSink {
  /** What one read of the network brought is gone through from here; the time is that of all its messages. */
  begin(nowMs: number): void
  /** Whether it makes anything of knowing topics beforehand. */
  readonly foresees: boolean
  /** The topics `bytes[starts[i], ends[i])` of the first `count` will probably be those of the next messages; unchecked. */
  foresee(bytes: Uint8Array, starts: Uint32Array, ends: Uint32Array, count: number): void
  /**
   * Takes a message in. `bytes` are the segment's, in which the packet lies from `fields.start` to `fields.end`; its topic
   * is `topicBytes[topicStart, topicEnd)`: elsewhere when an alias stands for it, and not yet known to be a legal one.
   * @returns why it was refused, or null
   */
  take(bytes: Uint8Array, segment: number, fields: PublishFields, topicBytes: Uint8Array, topicStart: number, topicEnd: number): TopicFault | null
  /** All of it has been gone through. */
  end(chunkBytes: number): void
}

/** Where messages go, and the memory they come in. */
export interface Intake {
  readonly sink: PublishSink
  /** One a network connection. */
  openInlet(isMqtt5: boolean): Inlet
}
