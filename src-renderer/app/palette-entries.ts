import type { QuickEntry } from '../ui/quick-entry'
import { fuzzyScore } from './fuzzy-match'

export type PaletteGroup = 'topics' | 'tabs' | 'profiles' | 'commands'

/** One line of the command palette. */
export interface PaletteEntry extends QuickEntry {
  readonly group: PaletteGroup
  readonly run: () => void
}

const GROUPS: readonly PaletteGroup[] = ['commands', 'tabs', 'profiles', 'topics']
/** More is not read; typing narrows. */
const MOST_PER_GROUP = 12

/** The entries that match `query`, best first, in groups; the group with the best match comes first. */
export function findEntries(
  entries: readonly PaletteEntry[],
  query: string,
): { group: PaletteGroup; entries: PaletteEntry[] }[] {
  const scored = entries.flatMap((entry) => {
    const score = entry.group === 'topics' ? 0 : bestScore(entry, query)
    return score === null ? [] : [{ entry, score }]
  })
  const found = GROUPS.map((group) => {
    const members = scored.filter(({ entry }) => entry.group === group)
    if (query.trim() !== '') members.sort((a, b) => b.score - a.score)
    return { group, score: members[0]?.score ?? 0, entries: members.slice(0, MOST_PER_GROUP).map(({ entry }) => entry) }
  }).filter(({ entries: members }) => members.length > 0)
  if (query.trim() !== '') found.sort((a, b) => b.score - a.score)
  return found.map(({ group, entries: members }) => ({ group, entries: members }))
}

function bestScore({ label, detail }: PaletteEntry, query: string): number | null {
  const byLabel = fuzzyScore(query, label)
  const byDetail = detail === undefined ? null : fuzzyScore(query, detail)
  if (byLabel === null) return byDetail === null ? null : byDetail - 100
  return byLabel
}
