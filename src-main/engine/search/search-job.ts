import type { Search } from '@shared/search/search'
import { ROOT, type NodeId } from '../topics/node-id'
import { NodeSet } from '../topics/node-set'
import { CompiledSearch } from './compiled-search'
import type { SearchableTree, ValueBytes } from './searchable-tree'

/** How much is looked at between two looks at the clock, which takes some 0.1 ms: so many nodes, or so many of their bytes. */
const NODES_BETWEEN_LOOKS = 1_024
const BYTES_BETWEEN_LOOKS = 128 * 1_024

/**
 * A search over all topics, in slices that its owner asks for, and dropped to cancel it. What it has found so far shows
 * at once; a run after the first shows when it is complete, so that rows do not flicker.
 *
 * Its owner tells it of topics that come ({@link consider}) and of nodes that go ({@link forget}).
 */
export class SearchJob {
  readonly #compiled: CompiledSearch
  #shown: NodeSet
  /** Where the run under way collects: what is shown, in the first one. */
  #collecting: NodeSet
  /** From the second run on: what was shown before, to be used again. */
  #spare: NodeSet | null = null
  #next = ROOT + 1
  #limit: number

  /**
   * @param nowMs the time that `since` and `rate` are reckoned from, in milliseconds since 1970
   * @param idLimit nodes from here on are not looked at: they do not show yet
   */
  constructor(
    private readonly tree: SearchableTree,
    values: ValueBytes,
    search: Search,
    nowMs: number,
    idLimit = tree.idLimit,
  ) {
    this.#compiled = new CompiledSearch(tree, values, search, nowMs)
    this.#shown = new NodeSet()
    this.#collecting = this.#shown
    this.#limit = idLimit
  }

  /** Whether topics may pass or fail by their messages and by time, so that {@link rerun} makes sense. */
  get isLive(): boolean {
    return this.#compiled.isLive
  }

  /** Whether all topics have been looked at; false while a run is under way. */
  get done(): boolean {
    return this.#next >= this.#limit
  }

  /** How many topics are found. */
  get matches(): number {
    return this.#shown.size
  }

  /** Whether exactly this topic is found. */
  isMatch(topic: NodeId): boolean {
    return this.#shown.has(topic)
  }

  /** All topics that are found, as of now. */
  found(): NodeSet {
    return this.#shown.copy()
  }

  /** Goes on until all is done or `performance.now()` passes `untilMs` (by some 0.1 ms; a topic or a payload is looked at as a whole). Returns {@link done}. */
  step(untilMs: number): boolean {
    while (this.#next < this.#limit) {
      this.#lookOn()
      if (performance.now() >= untilMs) break
    }
    if (this.done) this.#show()
    return this.done
  }

  /** Looks at everything anew, as of `nowMs`; what is found now stays until {@link done}. A run under way goes on instead. */
  rerun(nowMs: number, idLimit = this.tree.idLimit): void {
    if (!this.done) return
    this.#compiled.nowMs = nowMs
    this.#collecting = this.#spare ?? new NodeSet()
    this.#collecting.clear()
    this.#next = ROOT + 1
    this.#limit = idLimit
  }

  /** Looks at a topic that is new. */
  consider(topic: NodeId): void {
    if (!this.#compiled.matches(topic)) return
    this.#shown.add(topic)
    this.#collecting.add(topic)
  }

  /** A node goes. */
  forget(node: NodeId): void {
    this.#shown.delete(node)
    this.#collecting.delete(node)
    this.#compiled.forget(node)
  }

  /** From one look at the clock to the next. */
  #lookOn(): void {
    const end = Math.min(this.#limit, this.#next + NODES_BETWEEN_LOOKS)
    this.#next = this.#compiled.collect(this.#next, end, BYTES_BETWEEN_LOOKS, this.#collecting)
  }

  #show(): void {
    if (this.#collecting === this.#shown) return
    this.#spare = this.#shown
    this.#shown = this.#collecting
  }
}
