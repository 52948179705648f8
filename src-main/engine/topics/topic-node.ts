import type { LoggedMessage, TopicHistory } from '../history/message-log'

/**
 * One level of the topic tree. The root is the level above all topics.
 * `messages`, `subtopics`, `lastAtMs` and `lastSequence` speak of this node and all below it.
 */
export class TopicNode implements TopicHistory {
  children: Map<string, TopicNode> | null = null
  expanded: boolean
  /** The last message of exactly this topic, and how many of its messages the log holds. */
  newest: LoggedMessage | null = null
  kept = 0
  /** Messages ever received on exactly this topic. */
  ownMessages = 0
  messages = 0
  /** Topics with a message below this one. */
  subtopics = 0
  lastAtMs: number | null = null
  lastSequence = 0
  /** The children by name, until one is added. */
  childrenByName: readonly TopicNode[] | null = null

  constructor(
    readonly name: string,
    readonly parent: TopicNode | null,
    /** 1 for the top level, 0 for the root. */
    readonly level: number,
    /** The sequence number of the message that made this node. */
    readonly bornSequence: number,
    expanded: boolean,
  ) {
    this.expanded = expanded
  }

  /** The whole topic up to this level. Made when asked: of inner nodes only those on screen need theirs. */
  get topic(): string {
    if (this.newest !== null) return this.newest.topic
    const names: string[] = []
    for (let node: TopicNode | null = this; node !== null && node.parent !== null; node = node.parent) {
      names.push(node.name)
    }
    return names.reverse().join('/')
  }
}
