import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Where a command's answer goes. Whoever reads it may leave early, as `head` does: that is no failure, the rest is dropped. */
export class Output {
  private isClosed = false

  /** `onFailure` is told what else went wrong, such as a full disk. */
  constructor(
    private readonly stream: Writable,
    onFailure: (error: Error) => void,
  ) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.isClosed = true
      if (error.code !== 'EPIPE') onFailure(error)
    })
  }

  /** Whether nobody reads any longer. */
  get closed(): boolean {
    return this.isClosed
  }

  /** Writes, and waits while the reader is slower than we are. */
  async write(text: string): Promise<void> {
    if (this.isClosed || text === '' || this.stream.write(text)) return
    // A reader that goes away ends the wait by an error, which the listener above has taken.
    await once(this.stream, 'drain').catch(() => undefined)
  }
}
