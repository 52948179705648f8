import { parseSearch } from '@shared/search/parse-search'
import type { Search } from '@shared/search/search'
import type { SpecOf } from '@shared/views/view-spec'
import type { MessageLog } from '../history/message-log'
import type { LoggedMessage } from '../history/read-message'
import { SearchJob } from '../search/search-job'
import type { TopicTree } from '../topics/topic-tree'
import { ROOT, type NodeId } from '../topics/node-id'
import { NodeSet } from '../topics/node-set'
import { LastPayloads } from './last-payloads'
import { lastShown } from './last-shown'
import { LatestSearch, type Finding } from './latest-search'
import type { Pause } from './pause'
import { AllNodes, ChosenNodes, type ShownNodes } from './shown-nodes'
import { ShownTree } from './shown-tree'

type Wanted = Pick<SpecOf<'tree'>, 'search' | 'hidden' | 'changedAfter'>

/** Which topics a view of the tree shows: those a search finds, that are not hidden, and have changed. */
export class TreeFilter {
  #wanted: Wanted = { search: '', hidden: [], changedAfter: null }
  readonly #search = new LatestSearch(false)
  /** Finds all topics but those that are to be hidden. */
  readonly #unhidden = new LatestSearch(true)
  readonly #lastOf: (topic: NodeId) => LoggedMessage | null
  readonly #payloads: LastPayloads
  /** As of the last choice. */
  hiddenTopics = 0
  matches: number | null = null

  constructor(
    private readonly tree: TopicTree,
    log: MessageLog,
    private readonly pause: Pause,
  ) {
    this.#lastOf = (topic) => lastShown(tree, log, pause, topic)
    this.#payloads = new LastPayloads({ lastOf: this.#lastOf })
  }

  /** What {@link choose} depends on: when it differs, so may the choice. */
  get state(): string {
    const { tree, pause } = this
    if (!this.#isChoosing) return ''
    const { changedAfter } = this.#wanted
    const changed = changedAfter === null ? '' : `${changedAfter},${tree.subtreeLastSequence(ROOT)}`
    const topics = pause.sequence ?? `${tree.topicsKnown},${tree.removedTopics}`
    return [this.#search.version, this.#unhidden.version, changed, topics].join(' ')
  }

  /** The search whose results show, or null. */
  get finding(): Finding | null {
    return this.#search.shown
  }

  get isSearching(): boolean {
    return this.#search.isSearching || this.#unhidden.isSearching
  }

  /** Whether that is something else. */
  arrange({ search, hidden, changedAfter }: Wanted): boolean {
    const before = this.#wanted
    const isSearchNew = search !== before.search
    // No filter holds a NUL [MQTT-4.7.3-2].
    const isHiddenNew = hidden.join('\0') !== before.hidden.join('\0')
    this.#wanted = { search, hidden, changedAfter }
    if (isSearchNew) this.#search.start(this.#jobOf(searchOf(search)))
    if (isHiddenNew) this.#unhidden.start(this.#jobOf(unhidden(hidden)))
    return isSearchNew || isHiddenNew || changedAfter !== before.changedAfter
  }

  /** Searches anew among the topics that show now; what is found by a pause stays. */
  pauseChanged(): void {
    if (this.pause.sequence !== null && !this.isSearching) return
    const { search, hidden } = this.#wanted
    this.#search.start(this.#jobOf(searchOf(search)), this.finding?.closed)
    this.#unhidden.start(this.#jobOf(unhidden(hidden)))
  }

  /** Whether {@link step} has something to do. */
  isBusy(nowMs: number): boolean {
    // What a search found at the pause stays while it lasts.
    return this.isSearching || (this.pause.sequence === null && this.#search.isBusy(nowMs))
  }

  /** Searches on until `untilMs`. */
  step(untilMs: number): void {
    if (this.#unhidden.isSearching) this.#unhidden.step(untilMs, Date.now())
    if (this.isBusy(performance.now())) this.#search.step(untilMs, Date.now())
  }

  /** Looks at a new topic; not while paused. */
  consider(topic: NodeId): void {
    this.#search.consider(topic)
    this.#unhidden.consider(topic)
  }

  /** A node goes. */
  forget(node: NodeId): void {
    this.#search.forget(node)
    this.#unhidden.forget(node)
  }

  choose(): ShownNodes {
    const { tree, pause } = this
    this.hiddenTopics = 0
    this.matches = null
    if (!this.#isChoosing) return new AllNodes(tree)
    const idLimit = Math.min(tree.idLimit, pause.idLimit)
    const chosen = new ChosenNodes(tree, this.#wantedTopics(idLimit), idLimit)
    if (this.finding !== null) this.matches = chosen.topics
    return chosen
  }

  get #isChoosing(): boolean {
    return this.finding !== null || this.#unhidden.shown !== null || this.#wanted.changedAfter !== null || this.pause.sequence !== null
  }

  #wantedTopics(idLimit: NodeId): NodeSet {
    const { tree, pause, finding } = this
    const found = this.#unhidden.shown === null ? finding?.job.found() : undefined
    if (found !== undefined && this.#wanted.changedAfter === null && pause.sequence === null) return found
    const wanted = new NodeSet()
    // Those that may be hidden are all counted.
    if (found === undefined) {
      for (let node = ROOT + 1; node < idLimit; node += 1) if (tree.isTopic(node) && this.#wants(node)) wanted.add(node)
    } else for (const node of found.toArray()) if (node < idLimit && this.#wants(node)) wanted.add(node)
    return wanted
  }

  #wants(node: NodeId): boolean {
    const { tree, pause } = this
    // What became a topic after the pause had no message as of the last fold.
    if (pause.sequence !== null && tree.ownMessages(node) === 0) return false
    if (this.#unhidden.shown?.job.isMatch(node) === false) {
      this.hiddenTopics += 1
      return false
    }
    if (this.finding?.job.isMatch(node) === false) return false
    const after = this.#wanted.changedAfter
    return after === null || (tree.lastSequence(node) > after && tree.subtreeLastSequence(node) > after)
  }

  #jobOf(search: Search): SearchJob | null {
    if (search.length === 0) return null
    const { tree, pause } = this
    if (pause.sequence === null) return new SearchJob(tree, this.#payloads, search, Date.now())
    return new SearchJob(new ShownTree(tree, this.#lastOf), this.#payloads, search, pause.atMs, Math.min(tree.idLimit, pause.idLimit))
  }
}

/** Of a text that cannot be read, which the page says, none. */
function searchOf(text: string): Search {
  const parsed = parseSearch(text)
  return parsed.ok ? parsed.search : []
}

function unhidden(filters: readonly string[]): Search {
  return filters.map((filter) => ({ negated: true, test: { kind: 'filter', filter } }))
}
