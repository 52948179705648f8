/** Whether two payloads differ at a place; beyond the end of one, they do. */
export function differsAt(a: Uint8Array, b: Uint8Array, at: number): boolean {
  return a[at] !== b[at]
}

/** Where the next run of differing bytes begins after `from`, or before it, round the ends; null when there is none. */
export function nextDifference(a: Uint8Array, b: Uint8Array, from: number, step: 1 | -1): number | null {
  const length = Math.max(a.byteLength, b.byteLength)
  const startsAt = (at: number): boolean => differsAt(a, b, at) && (at === 0 || !differsAt(a, b, at - 1))
  for (let turn = 1; turn <= length; turn += 1) {
    const at = (from + step * turn + length * 2) % length
    if (startsAt(at)) return at
  }
  return null
}
