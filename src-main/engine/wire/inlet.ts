/**
 * Where the bytes of one network connection come in: the free tail of a larger piece of memory, in which packets are read
 * where they lie. Bytes that nobody has dealt with are always contiguous: `[start, end)` of `bytes`.
 */
export interface Inlet {
  /** The piece of memory that is being filled. */
  readonly bytes: Uint8Array
  /** Its number, for who keeps what lies in it. */
  readonly segment: number
  readonly start: number
  readonly end: number
  /** Room for what comes next, before each read; may go on in another piece, and carries `[start, end)` along. */
  room(): Uint8Array
  /** That many bytes of `room()` are there now. */
  filled(count: number): void
  /** Bytes before `to` are dealt with. */
  consume(to: number): void
  /** How long the packet that begins at `start` will be; 0 when that is not known, or none has begun. */
  expect(totalBytes: number): void
  /** The network connection is closed. */
  close(): void
}
