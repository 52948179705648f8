import { parseSearch } from '@shared/search/parse-search'
import type { Search } from '@shared/search/search'
import { NO_NODE, type NodeId } from '../../../../src-main/engine/topics/node-id'
import { SearchJob } from '../../../../src-main/engine/search/search-job'
import type { ValueBytes } from '../../../../src-main/engine/search/searchable-tree'
import { TopicTreeBench } from './topic-tree-bench'

/** The last message of a topic, as a naive search sees it. */
export interface Known {
  readonly payload: string
  readonly retain: boolean
  readonly messages: number
  readonly atMs: number
}

/** A tree with payloads, and beside it the same as a map of strings. */
export class SearchBench implements ValueBytes {
  readonly trees = new TopicTreeBench()
  readonly known = new Map<string, Known>()
  readonly #payloads = new Map<NodeId, Buffer>()
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0

  get tree(): TopicTreeBench['tree'] {
    return this.trees.tree
  }

  get nowMs(): number {
    return this.trees.sequence * 10
  }

  static of(...topics: string[]): SearchBench {
    const bench = new SearchBench()
    for (const topic of topics) bench.take(topic)
    return bench
  }

  take(topic: string, payload = '', retain = false): NodeId {
    const node = this.trees.record(topic, Buffer.byteLength(payload), retain)
    this.#payloads.set(node, Buffer.from(`<<${payload}>>`))
    const messages = (this.known.get(topic)?.messages ?? 0) + 1
    this.known.set(topic, { payload, retain, messages, atMs: this.nowMs })
    this.tree.fold(this.nowMs)
    return node
  }

  remove(topic: string): void {
    const node = this.tree.findTopic(topic)
    if (node !== NO_NODE) this.tree.remove(node)
    this.known.delete(topic)
  }

  locate(topic: NodeId): boolean {
    const bytes = this.#payloads.get(topic)
    this.bytes = bytes ?? this.bytes
    this.start = 2
    this.end = this.bytes.length - 2
    return bytes !== undefined
  }

  job(text: string, idLimit?: number): SearchJob {
    return new SearchJob(this.tree, this, searchOf(text), this.nowMs, idLimit)
  }

  /** The topics a job has found, sorted. */
  found(job: SearchJob): string[] {
    return [...this.known.keys()].filter((topic) => job.isMatch(this.tree.findTopic(topic))).sort()
  }
}

export function searchOf(text: string): Search {
  const parsed = parseSearch(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.code}`)
  return parsed.search
}

/** Lets a job run to its end. */
export function finish(job: SearchJob): SearchJob {
  while (!job.step(performance.now()));
  return job
}
