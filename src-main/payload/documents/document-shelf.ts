import type { Document } from './document'

/** So many documents stay open: what is on screen, and what was a moment ago. */
const MOST_OPEN = 4

/** The documents last looked at, by a key of whoever asks. */
export class DocumentShelf {
  readonly #open = new Map<string, Document>()

  get(key: string): Document | null {
    const found = this.#open.get(key)
    if (found === undefined) return null
    this.#open.delete(key)
    this.#open.set(key, found)
    return found
  }

  put(key: string, document: Document): void {
    this.#open.delete(key)
    this.#open.set(key, document)
    const [oldest] = this.#open.keys()
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest)
  }
}
