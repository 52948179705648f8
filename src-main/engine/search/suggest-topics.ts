import type { SuggestedTopic } from '../engine-api'
import type { TopicTree } from '../topics/topic-tree'
import { ROOT, type NodeId } from '../topics/node-id'

/** Suggesting ends after this time, with the best so far. */
const MOST_MS = 50
/** Looked at the clock after that much: bytes of topics times bytes to find in them. */
const WORK_BETWEEN_LOOKS = 1 << 18

const SLASH = 0x2f
/** What a part costs by what stands before it, in bytes of a longer topic. */
const WITHIN_LEVEL_COST = 40
const WITHIN_WORD_COST = 120

const lower = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte))
const isInWord = Uint8Array.from({ length: 256 }, (_, byte) => (byte > 0x7f || /[a-z0-9]/i.test(String.fromCharCode(byte)) ? 1 : 0))

/**
 * The topics, and levels above them, that `text` most likely means, best first: its parts, between blanks and slashes, are in
 * them in this order, ASCII letters in any case. Parts that begin a level or a word, and short topics, are better.
 */
export function suggestTopics(tree: TopicTree, text: string, limit: number): SuggestedTopic[] {
  const parts = text.toLowerCase().split(/[\s/]+/).filter((part) => part !== '').map((part) => new TextEncoder().encode(part))
  if (parts.length === 0) return []
  const best = new Best(limit)
  const untilMs = performance.now() + MOST_MS
  let work = 0
  for (let node = ROOT + 1; node < tree.idLimit; node += 1) {
    if (!tree.isAlive(node)) continue
    const { bytes, start, end } = tree.pathIn(node)
    work += (end - start) * text.length
    if (work > WORK_BETWEEN_LOOKS) {
      if (performance.now() > untilMs) break
      work = 0
    }
    best.offer(node, costOf(parts, bytes, start, end))
  }
  return best.nodes().map((node) => ({ topic: tree.topicOf(node), messages: tree.messages(node) }))
}

/** The cheapest nodes. */
class Best {
  readonly #entries: { readonly node: NodeId; readonly cost: number }[] = []
  #most = Number.POSITIVE_INFINITY

  constructor(private readonly limit: number) {}

  offer(node: NodeId, cost: number): void {
    if (cost >= this.#most) return
    let index = this.#entries.length
    while (index > 0 && (this.#entries[index - 1]?.cost ?? 0) > cost) index -= 1
    this.#entries.splice(index, 0, { node, cost })
    if (this.#entries.length > this.limit) this.#entries.pop()
    if (this.#entries.length === this.limit) this.#most = this.#entries.at(-1)?.cost ?? 0
  }

  nodes(): NodeId[] {
    return this.#entries.map(({ node }) => node)
  }
}

/** How far a topic is from what was meant; infinite when a part is not in it. */
function costOf(parts: readonly Uint8Array[], bytes: Uint8Array, start: number, end: number): number {
  let cost = end - start
  let at = start
  for (const [index, part] of parts.entries()) {
    let found = find(part, bytes, at, end)
    if (found < 0) return Number.POSITIVE_INFINITY
    let least = placeCost(bytes, start, found)
    // Nothing has to come after the last part: it may stand further on.
    for (let next = found; index === parts.length - 1 && least > 0 && next >= 0; next = find(part, bytes, next + 1, end)) {
      const there = placeCost(bytes, start, next)
      if (there < least) [least, found] = [there, next]
    }
    cost += least
    at = found + part.length
  }
  return cost
}

function placeCost(bytes: Uint8Array, start: number, at: number): number {
  const before = bytes[at - 1] ?? 0
  if (at === start || before === SLASH) return 0
  return isInWord[before] === 1 ? WITHIN_WORD_COST : WITHIN_LEVEL_COST
}

/** Where a part is next, or -1. Signs between its letters need not be typed: `line3` is found in `line-3`. */
function find(part: Uint8Array, bytes: Uint8Array, from: number, end: number): number {
  const first = part[0]
  const last = end - part.length
  for (let at = from; at <= last; at += 1) {
    if (lower[bytes[at] ?? 0] !== first) continue
    let matched = 1
    for (let next = at + 1; matched < part.length && next < end; next += 1) {
      const byte = bytes[next] ?? 0
      if (lower[byte] === part[matched]) matched += 1
      else if (byte === SLASH || isInWord[byte] === 1) break
    }
    if (matched === part.length) return at
  }
  return -1
}
