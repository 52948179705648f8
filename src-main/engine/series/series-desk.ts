import type { Series } from '@shared/charts/series'
import type { MessageLog } from '../history/message-log'
import type { FieldReader } from '../fields/field-reader'
import type { TopicTree } from '../topics/topic-tree'
import type { FieldPoints } from './field-points'
import { TopicReader } from './topic-reader'

/** The series that somebody looks at; nothing is read for any other. */
export class SeriesDesk {
  readonly #readers = new Map<string, TopicReader>()

  constructor(
    private readonly tree: TopicTree,
    private readonly log: MessageLog,
    private readonly fields: FieldReader,
  ) {}

  /** The points of a series, which are read from now on, back to `fromMs`, until `looker` leaves. */
  look({ topic, path }: Pick<Series, 'topic' | 'path'>, looker: object, fromMs: number): FieldPoints {
    let reader = this.#readers.get(topic)
    if (reader === undefined) {
      reader = new TopicReader(this.tree, this.log, topic, this.fields)
      this.#readers.set(topic, reader)
    }
    return reader.look(path, looker, fromMs)
  }

  leave({ topic }: Pick<Series, 'topic'>, looker: object): void {
    const reader = this.#readers.get(topic)
    reader?.leave(looker)
    if (reader?.hasFields === false) this.#readers.delete(topic)
  }

  /** Forgets what was read of topics that are read in another way now: who looks has to look again. */
  forget(isOther: (topic: string) => boolean): void {
    for (const topic of [...this.#readers.keys()]) if (isOther(topic)) this.#readers.delete(topic)
  }

  isKnown(topic: string): boolean {
    return this.#readers.get(topic)?.isKnown ?? false
  }

  /** Whether messages of one of the topics are still to be read. */
  isReading(topics: readonly string[]): boolean {
    return topics.some((topic) => this.#readers.get(topic)?.isBusy === true)
  }

  /** Reads on until `performance.now()` passes `untilMs`. @returns whether it can go on at once */
  step(untilMs: number): boolean {
    for (const reader of this.#readers.values()) {
      reader.step(untilMs)
      if (performance.now() >= untilMs) break
    }
    return [...this.#readers.values()].some(({ canStep }) => canStep)
  }
}
