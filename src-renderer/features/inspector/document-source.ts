import type { Reading } from '@shared/payload/reading'

/** Which payload is read to its end, and how; see `payloads.read-outline`. */
export interface DocumentSource {
  readonly connectionId: string
  readonly sequence: number
  readonly topic: string
  readonly reading: Reading | null
  /** JSONata: what it makes of the payload is what is read. */
  readonly expression: string | null
}
