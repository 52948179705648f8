import type { FieldPath } from '@shared/payload/field-path'
import type { FieldValues } from '@shared/payload/field-value'

/** Longer than anybody needs who answers at all. */
const LIMIT_MS = 60_000

/** A message whose payload somebody else has to read. */
export interface ForeignMessage {
  readonly topic: string
  readonly sequence: number
  /** A copy. */
  readonly payload: Uint8Array
  readonly contentType: string | null
  readonly payloadFormatIndicator: 0 | 1 | null
}

/** Which fields are wanted of some messages. */
export interface FieldsRequest {
  readonly requestId: number
  readonly messages: readonly ForeignMessage[]
  readonly paths: readonly FieldPath[]
  /** Longer texts are cut. */
  readonly mostCharacters: number
}

type Answered = (fields: readonly FieldValues[]) => void

/** Reads payloads that are more than plain JSON, elsewhere: strangers' bytes are taken apart in a thread that may be ended. */
export class FieldSource {
  readonly #waiting = new Map<number, { readonly answered: Answered; readonly timer: NodeJS.Timeout }>()
  #nextId = 1

  constructor(private readonly ask: (request: FieldsRequest) => void) {}

  /** `answered` is called later, once: with the fields of each message, or with none when there is no answer in a minute. */
  read(request: Omit<FieldsRequest, 'requestId'>, answered: Answered): void {
    const requestId = this.#nextId
    this.#nextId += 1
    const timer = setTimeout(() => this.take(requestId, []), LIMIT_MS)
    timer.unref()
    this.#waiting.set(requestId, { answered, timer })
    this.ask({ requestId, ...request })
  }

  take(requestId: number, fields: readonly FieldValues[]): void {
    const waiting = this.#waiting.get(requestId)
    this.#waiting.delete(requestId)
    clearTimeout(waiting?.timer)
    waiting?.answered(fields)
  }
}
