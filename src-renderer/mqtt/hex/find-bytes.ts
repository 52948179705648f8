/** So many bytes are looked through at a time, then the page has its turn. */
const SLICE_BYTES = 4 * 1024 * 1024

/** What to look for: hexadecimal digits, spaced as they may be, or else null. */
export function bytesOfHex(text: string): Uint8Array | null {
  const digits = text.replace(/\s+/g, '')
  if (digits === '' || digits.length % 2 === 1 || /[^0-9a-f]/i.test(digits)) return null
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/**
 * Where `sought` is in `bytes` next after `from`, or before it; goes on at the other end. Null where it is not.
 * `isStale` ends a search that nobody waits for any more.
 */
export async function findBytes(
  bytes: Uint8Array,
  sought: Uint8Array,
  from: number,
  isBackwards: boolean,
  isStale: () => boolean = () => false,
): Promise<number | null> {
  const places = bytes.byteLength - sought.byteLength + 1
  if (sought.byteLength === 0 || places <= 0) return null
  const step = isBackwards ? -1 : 1
  const start = isBackwards ? (from > 0 ? Math.min(from, places) - 1 : places - 1) : from + 1 < places ? from + 1 : 0
  for (let done = 0; done < places && !isStale(); done += SLICE_BYTES) {
    for (let turn = done; turn < Math.min(places, done + SLICE_BYTES); turn += 1) {
      const at = (start + step * turn + places * 2) % places
      if (isAt(bytes, sought, at)) return at
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
  return null
}

function isAt(bytes: Uint8Array, sought: Uint8Array, at: number): boolean {
  for (let index = 0; index < sought.byteLength; index += 1) {
    if (bytes[at + index] !== sought[index]) return false
  }
  return true
}
