import type { TopicTree } from '../topics/topic-tree'
import { ROOT } from '../topics/node-id'

/** How long a slice of the walk may take; then messages have their turn. */
const SLICE_MS = 8
/** Looked at the clock after so many nodes. */
const NODES_BETWEEN_LOOKS = 1_024

/** Topics that have had a message, in no order, and how many there are of them. */
export interface TopicNames {
  readonly topics: string[]
  readonly total: number
}

/**
 * Lists up to `limit` topics that have `text` in them, ASCII letters and others in any case, in slices. Topics that come or go
 * meanwhile may be in the list or not.
 */
export async function listTopics(tree: TopicTree, text: string, limit: number): Promise<TopicNames> {
  const sought = text.toLowerCase()
  const topics: string[] = []
  let total = 0
  let untilMs = performance.now() + SLICE_MS
  for (let node = ROOT + 1; node < tree.idLimit; node += 1) {
    if (node % NODES_BETWEEN_LOOKS === 0 && performance.now() > untilMs) {
      await new Promise((resolve) => setImmediate(resolve))
      untilMs = performance.now() + SLICE_MS
    }
    if (!tree.isAlive(node) || !tree.isTopic(node)) continue
    const topic = tree.topicOf(node)
    if (!topic.toLowerCase().includes(sought)) continue
    total += 1
    if (topics.length < limit) topics.push(topic)
    // Without a text every topic counts, so nothing is left to look for.
    else if (sought === '') return { topics, total: tree.topicsKnown }
  }
  return { topics, total }
}
