import { Duplex } from 'node:stream'

/** A network connection in the hands of the test: what arrives, what was sent, and how fast it takes what is sent. */
export class FakeNetwork extends Duplex {
  readonly sent: Buffer[] = []
  /** Whether it takes each write at once; else the test lets one through at a time. */
  readonly #eager: boolean
  #waiting: (() => void)[] = []
  finals = 0

  constructor({ eager = true } = {}) {
    super({ readableHighWaterMark: 1024, autoDestroy: false })
    this.#eager = eager
  }

  arrive(...chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) this.push(chunk)
  }

  /** The peer hangs up properly. */
  hangUp(): void {
    this.push(null)
  }

  /** Lets the write under way through. */
  letThrough(): void {
    this.#waiting.shift()?.()
  }

  get sentBytes(): string {
    return Buffer.concat(this.sent).toString('hex')
  }

  override _read(): void {
    // What arrives comes when the test says so.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.sent.push(chunk)
    if (this.#eager) done()
    else this.#waiting.push(done)
  }

  override _final(done: () => void): void {
    this.finals += 1
    done()
  }
}

/** Lets streams hand on what they have. */
export async function flow(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
