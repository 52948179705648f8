import type { CompiledFilter } from '@shared/mqtt/topic'

const isWildcard = (level: string | undefined): boolean => level === '+' || level === '#'
const isSystem = (level: string | undefined): boolean => level?.startsWith('$') === true

/** The filter of exactly those topics that match both, or null; a wildcard at the start matches no `$` [MQTT-4.7.2-1]. */
export function overlapOf(a: CompiledFilter, b: CompiledFilter): CompiledFilter | null {
  if ((isWildcard(a[0]) && isSystem(b[0])) || (isWildcard(b[0]) && isSystem(a[0]))) return null
  const both: string[] = []
  for (let depth = 0; depth < a.length || depth < b.length; depth += 1) {
    const [x, y] = [a[depth], b[depth]]
    // `a/#` matches `a` too [4.7.1.2], so nothing more is asked of what stands in for it.
    if (x === '#') return [...both, ...b.slice(depth)]
    if (y === '#') return [...both, ...a.slice(depth)]
    if (x === undefined || y === undefined || (x !== y && x !== '+' && y !== '+')) return null
    both.push(x === '+' ? y : x)
  }
  return both
}
