import { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/**
 * A stream that is there at once, over one that is still being opened: what is written meanwhile waits, and destroying
 * it calls the opening off. It fails as the opening does, and says `connect` and `secureConnect` as a socket does.
 */
export class DeferredStream extends Duplex {
  readonly #abort = new AbortController()
  readonly #opening: Promise<Duplex>
  #network: Duplex | null = null

  constructor(open: (signal: AbortSignal) => Promise<Duplex>) {
    super({ allowHalfOpen: false })
    this.#opening = open(this.#abort.signal)
  }

  override _construct(done: (error?: Error | null) => void): void {
    this.#opening.then(
      (network) => {
        this.#network = network
        network.on('data', (chunk: Uint8Array) => {
          if (!this.push(chunk)) network.pause()
        })
        // A socket that comes through a proxy was connected before it came here.
        if (network instanceof Socket) this.emit('connect')
        for (const event of ['connect', 'secureConnect']) network.once(event, () => this.emit(event))
        network.on('end', () => this.push(null))
        network.on('error', (error) => this.destroy(error))
        network.on('close', () => this.destroy())
        done()
      },
      // Who called it off need not be told that it failed.
      (error: unknown) => done(this.destroyed ? null : error instanceof Error ? error : new Error(String(error))),
    )
  }

  override destroy(error?: Error): this {
    this.#abort.abort()
    return super.destroy(error)
  }

  override _read(): void {
    this.#network?.resume()
  }

  override _write(chunk: Uint8Array, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const network = this.#network
    // What broke the network says more than that nothing can be written any more, and comes a moment later.
    network?.write(chunk, encoding, (error) => done(error && (network.errored ?? error)))
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#network?.end(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#network?.destroy()
    done(error)
  }
}
