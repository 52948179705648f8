import type { PreviewKind } from '@shared/views/view-frame'
import type { LoggedMessage } from '../history/read-message'
import type { MessageLog } from '../history/message-log'
import { previewOf } from '../payload/preview'
import type { NodeId } from '../topics/node-id'
import type { TopicTree } from '../topics/topic-tree'
import { lastShown } from './last-shown'
import type { Pause } from './pause'

/** A topic's last message as rows show it. */
export interface ShownValue {
  /** 0, and null: there is none, or it is gone. */
  readonly sequence: number
  readonly atMs: number | null
  readonly previewKind: PreviewKind
  readonly preview: string
  readonly retain: boolean
}

const NOTHING: ShownValue = { sequence: 0, atMs: null, previewKind: 'none', preview: '', retain: false }

/**
 * The last values of topics. While paused, those of the pause; what was looked at once stays,
 * even if the log lets it go. Of what is gone when it is looked at first there is nothing to show.
 */
export class ShownValues {
  readonly #frozen = new Map<NodeId, ShownValue>()

  constructor(
    private readonly tree: TopicTree,
    private readonly log: MessageLog,
    private readonly pause: Pause,
  ) {}

  pauseChanged(): void {
    this.#frozen.clear()
  }

  of(node: NodeId): ShownValue {
    if (this.pause.sequence === null) return valueOf(this.log.lastOf(node))
    const frozen = this.#frozen.get(node) ?? valueOf(lastShown(this.tree, this.log, this.pause, node))
    this.#frozen.set(node, frozen)
    return frozen
  }
}

function valueOf(message: LoggedMessage | null): ShownValue {
  if (message === null) return NOTHING
  const { kind, text } = previewOf(message.payload)
  return { sequence: message.sequence, atMs: message.receivedAtMs, previewKind: kind, preview: text, retain: message.retain }
}
