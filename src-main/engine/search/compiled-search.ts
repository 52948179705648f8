import { compileRegex } from '@shared/search/regex'
import type { Measure, Search, SearchTest } from '@shared/search/search'
import type { NodeId } from '../topics/node-id'
import { FilterMatcher } from './filter-matcher'
import type { SearchableTree, ValueBytes } from './searchable-tree'
import { textFinder } from './text-finder'
import { TopicText } from './topic-text'

/** Most bytes of a payload that are searched: images and archives would hold up everything else. */
const SEARCHED_PAYLOAD_BYTES = 4 * 1_024 * 1_024

type NodeTest = (node: NodeId) => boolean

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
  readonly #terms: readonly { readonly negated: boolean; readonly test: NodeTest }[]
  readonly #texts: TopicText[] = []

  /** @param search as `parseSearch` gives it */
  constructor(
    private readonly tree: SearchableTree,
    private readonly values: ValueBytes,
    search: Search,
    nowMs: number,
  ) {
    this.nowMs = nowMs
    this.isLive = search.some(({ test: { kind } }) => kind !== 'text' && kind !== 'filter' && kind !== 'regex')
    this.#terms = [...search]
      .sort((a, b) => ORDER.indexOf(a.test.kind) - ORDER.indexOf(b.test.kind))
      .map(({ negated, test }) => ({ negated, test: this.#compiled(test) }))
  }

  /** Whether a topic passes all terms. */
  matches(topic: NodeId): boolean {
    for (const { negated, test } of this.#terms) if (test(topic) === negated) return false
    return true
  }

  /** A node is no longer there, and its id may come to stand for another. */
  forget(node: NodeId): void {
    for (const text of this.#texts) text.forget(node)
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
