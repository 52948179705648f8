import type { FieldPath } from '@shared/payload/field-path'

/** A message whose payload somebody else has to read. */
export interface ForeignMessage {
  readonly sequence: number
  /** A copy. */
  readonly payload: Uint8Array
  readonly contentType: string | null
  readonly payloadFormatIndicator: 0 | 1 | null
}

/** Which numbers are wanted of some messages of a topic. */
export interface NumbersRequest {
  readonly requestId: number
  readonly topic: string
  readonly messages: readonly ForeignMessage[]
  readonly paths: readonly FieldPath[]
}

/** For each of the messages the number at each of the paths, null for none. */
export interface NumbersAnswer {
  readonly numbers: readonly (readonly (number | null)[])[]
  /** Whether a rule of the user says how the topic is read: then what looks like JSON need not be JSON. */
  readonly byRule: boolean
}

/** Reads payloads that are more than plain JSON, elsewhere: strangers' bytes are taken apart in a thread that may be ended. */
export class NumberSource {
  readonly #waiting = new Map<number, (answer: NumbersAnswer) => void>()
  #nextId = 1

  constructor(private readonly ask: (request: NumbersRequest) => void) {}

  /** `answered` is called later, once. */
  read(request: Omit<NumbersRequest, 'requestId'>, answered: (answer: NumbersAnswer) => void): void {
    const requestId = this.#nextId
    this.#nextId += 1
    this.#waiting.set(requestId, answered)
    this.ask({ requestId, ...request })
  }

  take(requestId: number, answer: NumbersAnswer): void {
    const answered = this.#waiting.get(requestId)
    this.#waiting.delete(requestId)
    answered?.(answer)
  }
}
