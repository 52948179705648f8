/** Where a network connection puts what it reads. */
export interface NetworkReader {
  /** Room for the next read: to be asked for before each. */
  room(): Uint8Array
  /** So many bytes of it are there now. */
  filled(count: number): void
}

/** Copies what came elsewhere. */
export function copyTo(reader: NetworkReader, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) {
    const room = reader.room()
    const count = Math.min(room.length, chunk.length - at)
    room.set(chunk.subarray(at, at + count))
    reader.filled(count)
    at += count
  }
}
