/** A line of input: its bytes, or that it was longer than allowed. */
export type InputLine = { readonly kind: 'line'; readonly bytes: Uint8Array } | { readonly kind: 'too-long' }

const LF = 0x0a
const CR = 0x0d

/** Cuts a stream of bytes into lines, which end with LF or CR LF. Holds no more than one line of `maxBytes`. */
export class LineReader {
  private parts: Uint8Array[] = []
  private held = 0
  private isTooLong = false

  constructor(private readonly maxBytes: number) {}

  /** The lines that end in this chunk. */
  *take(chunk: Uint8Array): Generator<InputLine> {
    let start = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      this.hold(chunk.subarray(start, end))
      yield this.release()
      start = end + 1
    }
    this.hold(chunk.subarray(start))
  }

  /** What stands behind the last LF, if anything does. */
  *end(): Generator<InputLine> {
    if (this.held > 0 || this.isTooLong) yield this.release()
  }

  private hold(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.isTooLong) return
    this.held += bytes.length
    if (this.held > this.maxBytes) {
      this.parts = []
      this.isTooLong = true
    } else {
      this.parts.push(bytes)
    }
  }

  private release(): InputLine {
    const line: InputLine = this.isTooLong ? { kind: 'too-long' } : { kind: 'line', bytes: withoutCr(this.joined()) }
    this.parts = []
    this.held = 0
    this.isTooLong = false
    return line
  }

  private joined(): Uint8Array {
    const [only] = this.parts
    return only !== undefined && this.parts.length === 1 ? only : Buffer.concat(this.parts)
  }
}

const withoutCr = (bytes: Uint8Array): Uint8Array => (bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes)
