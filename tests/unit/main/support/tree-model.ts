import type { TreeSort } from '@shared/views/view-spec'

export interface ModelRow {
  readonly topic: string
  readonly name: string
  readonly level: number
  readonly position: number
  readonly siblings: number
  readonly expanded: boolean | null
  readonly messages: number
  readonly bytes: number
  readonly subtopics: number
  readonly lastSequence: number
}

export interface Layout {
  readonly sort: TreeSort
  /** The topics that are let through; null for all. */
  readonly filter: ((topic: string) => boolean) | null
  /** Without a filter: what is open. With one: everything but what this says. */
  readonly isExpanded: (topic: string) => boolean
}

const byName = new Intl.Collator('en', { numeric: true })

/** What the tree shows, worked out from the list of messages alone, by recursion. Sequences count from 1; payloads are `m<sequence>`. */
export class TreeModel {
  readonly topics: string[]

  constructor(topics: readonly string[] = []) {
    this.topics = [...topics]
  }

  /** The tree as it is now, unmoved by what comes later. */
  copy(): TreeModel {
    return new TreeModel(this.topics)
  }

  matches({ filter }: Pick<Layout, 'filter'>): number | null {
    return filter === null ? null : [...new Set(this.topics)].filter(filter).length
  }

  rows(layout: Layout): ModelRow[] {
    return this.#rowsBelow(null, 1, layout)
  }

  #rowsBelow(parent: string | null, level: number, layout: Layout): ModelRow[] {
    const names = [...this.#childNames(parent)].filter((name) => this.#isShown(join(parent, name), layout))
    const rows = names.map((name) => this.#row(parent, name, level, layout)).sort(comparison(layout.sort))
    return rows.flatMap((row, index) => [
      { ...row, position: index + 1, siblings: rows.length },
      ...(row.expanded === true ? this.#rowsBelow(row.topic, level + 1, layout) : []),
    ])
  }

  #row(parent: string | null, name: string, level: number, layout: Layout): ModelRow {
    const topic = join(parent, name)
    const within = this.topics.filter((other) => isWithin(topic, other))
    const hasRowsBelow = [...this.#childNames(topic)].some((child) => this.#isShown(join(topic, child), layout))
    return {
      topic,
      name,
      level,
      position: 0,
      siblings: 0,
      expanded: hasRowsBelow ? layout.isExpanded(topic) : null,
      messages: within.length,
      bytes: this.topics.reduce((sum, other, index) => sum + (isWithin(topic, other) ? Buffer.byteLength(`${other}m${index + 1}`) : 0), 0),
      subtopics: new Set(within.filter((other) => other !== topic && (layout.filter === null || layout.filter(other)))).size,
      lastSequence: this.topics.findLastIndex((other) => isWithin(topic, other)) + 1,
    }
  }

  #childNames(parent: string | null): Set<string> {
    const below = this.topics.filter((topic) => parent === null || topic.startsWith(`${parent}/`))
    return new Set(below.map((topic) => (parent === null ? topic : topic.slice(parent.length + 1)).split('/')[0] ?? ''))
  }

  #isShown(topic: string, { filter }: Layout): boolean {
    return filter === null || this.topics.some((other) => isWithin(topic, other) && filter(other))
  }
}

function join(parent: string | null, name: string): string {
  return parent === null ? name : `${parent}/${name}`
}

function isWithin(above: string, topic: string): boolean {
  return topic === above || topic.startsWith(`${above}/`)
}

function comparison(sort: TreeSort): (a: ModelRow, b: ModelRow) => number {
  const names = (a: ModelRow, b: ModelRow): number => {
    const last = (row: ModelRow): number => (row.level === 1 && row.name.startsWith('$') ? 1 : 0)
    return last(a) - last(b) || byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)
  }
  if (sort === 'name') return names
  return (a, b) => numberOf(b, sort) - numberOf(a, sort) || names(a, b)
}

function numberOf(row: ModelRow, sort: Exclude<TreeSort, 'name'>): number {
  switch (sort) {
    case 'messages':
      return row.messages
    case 'size':
      return row.bytes
    case 'recency':
      return row.lastSequence
    case 'rate':
      throw new Error('rates are a matter of time')
  }
}
