/** A fingerprint in two lines of the same length; it can be compared only when it is all seen. */
export function halvesOf(fingerprint: string): [string, string] {
  const middle = Math.ceil(fingerprint.length / 2)
  return [fingerprint.slice(0, middle), fingerprint.slice(middle)]
}
