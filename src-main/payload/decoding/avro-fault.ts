import type { ReadingFault } from '@shared/payload/rendered-payload'

/** Why bytes are no Avro. */
export class AvroFault extends Error {
  constructor(readonly reason: ReadingFault) {
    super(reason.kind === 'malformed' ? reason.detail : reason.kind)
  }
}
