import type { LoggedMessage } from '../history/message-log'
import { TopicNode } from './topic-node'

/** Most nodes of a tree; what comes on further topics is counted as refused. */
export const MAX_NODES = 2_000_000

/**
 * All topics of a connection. Levels are what stands between slashes, empty ones too [MQTT-4.7.1-1]:
 * `a`, `/a`, `a/` and `a//b` are different topics.
 */
export class TopicTree {
  readonly root: TopicNode
  /** Topics that have had a message: found without splitting. */
  readonly #topics = new Map<string, TopicNode>()
  #nodes = 0
  #version = 0
  /** Whether nodes to come start expanded. */
  #expandNew = false
  readonly #expandAtBirth: Set<string>
  /** Told of each topic at its first message. */
  onNewTopic: (node: TopicNode) => void = () => undefined

  constructor(expandedTopics: readonly string[] = []) {
    this.root = new TopicNode('', null, 0, 0, true)
    this.#expandAtBirth = new Set(expandedTopics)
  }

  /** How many topics have had a message. */
  get topicsKnown(): number {
    return this.#topics.size
  }

  /** Grows whenever nodes appear or are expanded or collapsed. */
  get version(): number {
    return this.#version
  }

  topics(): IterableIterator<TopicNode> {
    return this.#topics.values()
  }

  /** The node of a topic that has had a message. */
  get(topic: string): TopicNode | undefined {
    return this.#topics.get(topic)
  }

  /** The node of a topic or of a level above one. */
  find(topic: string): TopicNode | undefined {
    const known = this.#topics.get(topic)
    if (known !== undefined) return known
    let node: TopicNode | undefined = this.root
    for (const name of topic.split('/')) {
      node = node.children?.get(name)
      if (node === undefined) return undefined
    }
    return node
  }

  /** The node of a topic, made where it lacks; null when the tree is full. */
  ensure(topic: string, sequence: number): TopicNode | null {
    const known = this.#topics.get(topic)
    if (known !== undefined) return known
    const names = topic.split('/')
    if (this.#nodes + names.length > MAX_NODES) return null
    let node = this.root
    let path = ''
    for (const [index, name] of names.entries()) {
      if (this.#expandAtBirth.size > 0) path = index === 0 ? name : `${path}/${name}`
      node = node.children?.get(name) ?? this.#addChild(node, name, path, sequence)
    }
    return node
  }

  /** Counts a message on its node and all above; call once for each message, after the log has it. */
  record(node: TopicNode, message: LoggedMessage): void {
    node.ownMessages += 1
    if (node.ownMessages === 1) this.#announce(node, message.topic)
    for (let at: TopicNode | null = node; at !== null; at = at.parent) {
      at.messages += 1
      at.lastAtMs = message.receivedAtMs
      at.lastSequence = message.sequence
    }
  }

  /** Expands or collapses a node, with all below when `recursive`. */
  setExpanded(node: TopicNode, expanded: boolean, recursive: boolean): void {
    this.#version += 1
    if (node === this.root) this.#expandNew = expanded && recursive
    else node.expanded = expanded
    if (!recursive && node !== this.root) return
    const pending = [...(node.children?.values() ?? [])]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      next.expanded = expanded
      if (recursive && next.children !== null) for (const child of next.children.values()) pending.push(child)
    }
  }

  #addChild(parent: TopicNode, name: string, path: string, sequence: number): TopicNode {
    const expanded = this.#expandNew || this.#expandAtBirth.has(path)
    const child = new TopicNode(name, parent, parent.level + 1, sequence, expanded)
    parent.children ??= new Map()
    parent.children.set(name, child)
    parent.childrenByName = null
    this.#nodes += 1
    this.#version += 1
    return child
  }

  #announce(node: TopicNode, topic: string): void {
    this.#topics.set(topic, node)
    for (let above = node.parent; above !== null; above = above.parent) above.subtopics += 1
    this.#version += 1
    this.onNewTopic(node)
  }
}
