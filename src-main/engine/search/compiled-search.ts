import { compileRegex } from '@shared/search/regex'
import type { Measure, Search, SearchTest } from '@shared/search/search'
import type { NodeId } from '../topics/node-id'
import type { NodeSet } from '../topics/node-set'
import { FilterMatcher } from './filter-matcher'
import type { SearchableTree, ValueBytes } from './searchable-tree'
import { textFinder } from './text-finder'
import { TopicText } from './topic-text'

/** Most bytes of a payload that are searched: images and archives would hold up everything else. */
const SEARCHED_PAYLOAD_BYTES = 4 * 1_024 * 1_024

type NodeTest = (node: NodeId) => boolean

interface Term {
  readonly negated: boolean
  readonly test: NodeTest
}

/** The cheap tests first: most topics fail one of them. */
const ORDER: readonly SearchTest['kind'][] = ['retained', 'since', 'measure', 'text', 'filter', 'payload', 'regex']

/** A search made ready to be asked about any number of topics. */
export class CompiledSearch {
  /** Whether the answer for a topic may change with its messages and with time. */
  readonly isLive: boolean
  /** The moment that `since` and `rate` are reckoned from. */
  nowMs: number
  /** Bytes that were looked at, so that a caller sees when it took long. */
  bytesRead = 0
  readonly #terms: readonly Term[]
  readonly #texts: TopicText[] = []
  /** The first term when it is a text: many nodes at once are looked at for it. */
  readonly #lead: { readonly text: TopicText; readonly negated: boolean } | null

  /** @param search as `parseSearch` gives it */
  constructor(
    private readonly tree: SearchableTree,
    private readonly values: ValueBytes,
    search: Search,
    nowMs: number,
  ) {
    this.nowMs = nowMs
    this.isLive = search.some(({ test: { kind } }) => kind !== 'text' && kind !== 'filter' && kind !== 'regex')
    const sorted = [...search].sort((a, b) => ORDER.indexOf(a.test.kind) - ORDER.indexOf(b.test.kind))
    this.#terms = sorted.map(({ negated, test }) => ({ negated, test: this.#compiled(test) }))
    const [first] = sorted
    const [text] = this.#texts
    this.#lead = first?.test.kind === 'text' && text !== undefined ? { text, negated: first.negated } : null
  }

  /** Whether a topic passes all terms. */
  matches(topic: NodeId): boolean {
    return this.#passes(topic, 0)
  }

  /** Adds the topics that pass from `from` to before `to`, or until so many bytes were looked at; returns how far it got. */
  collect(from: NodeId, to: NodeId, mostBytes: number, found: NodeSet): NodeId {
    const { tree } = this
    const lead = this.#lead
    const mostRead = this.bytesRead + mostBytes
    if (lead === null) {
      let node = from
      for (; node < to && this.bytesRead < mostRead; node += 1) if (tree.isTopic(node) && this.#passes(node, 0)) found.add(node)
      return node
    }
    const candidates: NodeId[] = []
    const end = lead.text.collect(from, to, mostBytes, !lead.negated, candidates)
    for (const node of candidates) if (tree.isTopic(node) && this.#passes(node, 1)) found.add(node)
    return end
  }

  /** A node is no longer there, and its id may come to stand for another. */
  forget(node: NodeId): void {
    for (const text of this.#texts) text.forget(node)
  }

  /** Whether a topic passes the terms from one on. */
  #passes(topic: NodeId, first: number): boolean {
    const terms = this.#terms
    for (let index = first; index < terms.length; index += 1) {
      const term = terms[index]
      if (term !== undefined && term.test(topic) === term.negated) return false
    }
    return true
  }

  #compiled(test: SearchTest): NodeTest {
    const { tree } = this
    switch (test.kind) {
      case 'text':
        return this.#textTest(test.text)
      case 'filter':
        return this.#filterTest(test.filter)
      case 'regex':
        return this.#regexTest(test.pattern, test.ignoreCase)
      case 'payload':
        return this.#payloadTest(test.text)
      case 'since':
        return (topic) => tree.lastAtMs(topic) > this.nowMs - test.milliseconds
      case 'measure': {
        const measured = this.#measured(test.measure)
        return test.sign === '>' ? (topic) => measured(topic) > test.value : (topic) => measured(topic) < test.value
      }
      case 'retained':
        return (topic) => tree.lastRetained(topic)
    }
  }

  #textTest(text: string): NodeTest {
    const topicText = new TopicText(this.tree, textFinder(text), this)
    this.#texts.push(topicText)
    return (topic) => topicText.isIn(topic)
  }

  #filterTest(filter: string): NodeTest {
    const matcher = new FilterMatcher(filter)
    return (topic) => {
      const { bytes, start, end } = this.tree.pathIn(topic)
      this.bytesRead += end - start
      return matcher.matches(bytes, start, end)
    }
  }

  #regexTest(pattern: string, ignoreCase: boolean): NodeTest {
    const compiled = compileRegex(pattern, ignoreCase)
    if (!compiled.ok) throw new Error(`parseSearch let a regular expression through: ${compiled.fault.kind}`)
    return (topic) => {
      const name = this.tree.topicOf(topic)
      this.bytesRead += name.length
      return compiled.regex.test(name)
    }
  }

  #payloadTest(text: string): NodeTest {
    const finder = textFinder(text)
    const { values } = this
    return (topic) => {
      if (!values.locate(topic)) return false
      const { bytes, start } = values
      const end = Math.min(values.end, start + SEARCHED_PAYLOAD_BYTES)
      this.bytesRead += end - start
      return finder.isIn(bytes, start, end)
    }
  }

  #measured(measure: Measure): (topic: NodeId) => number {
    const { tree } = this
    switch (measure) {
      case 'rate':
        return (topic) => tree.rate(topic, this.nowMs)
      case 'messages':
        return (topic) => tree.ownMessages(topic)
      case 'size':
        return (topic) => {
          const path = tree.pathIn(topic)
          return tree.lastBytes(topic) - (path.end - path.start)
        }
    }
  }
}
