import { AppError } from '@shared/ipc/app-error'
import type { FormatChoice } from '@shared/payload/reading'
import type { Encoding } from './engine-port'

interface Waiting {
  resolve(bytes: Uint8Array<ArrayBuffer>): void
  reject(error: AppError): void
}

/** Texts whose bytes another thread makes: the formats that need more than this one knows. */
export class RemoteEncoder {
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  constructor(private readonly ask: (encodeId: number, text: string, format: FormatChoice) => void) {}

  /** @throws {AppError} what the other thread says */
  encode(text: string, format: FormatChoice): Promise<Uint8Array<ArrayBuffer>> {
    const encodeId = this.#nextId
    this.#nextId += 1
    return new Promise((resolve, reject) => {
      this.#waiting.set(encodeId, { resolve, reject })
      this.ask(encodeId, text, format)
    })
  }

  answered(encodeId: number, encoding: Encoding): void {
    const waiting = this.#waiting.get(encodeId)
    this.#waiting.delete(encodeId)
    if (encoding.ok) waiting?.resolve(encoding.bytes)
    else waiting?.reject(AppError.from(encoding.error))
  }
}
