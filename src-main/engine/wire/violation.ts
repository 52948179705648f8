/**
 * A packet the specification forbids. `clause` is the normative statement of MQTT 5.0 (section 1.x numbers as the
 * specification writes them) it breaks; `reasonCode` is what a DISCONNECT says of it [MQTT-4.13.1-1].
 */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation'

  constructor(
    readonly what: string,
    readonly clause: string,
    readonly reasonCode: number,
  ) {
    super(`${what} [${clause}]`)
  }
}

export const MALFORMED_PACKET = 0x81
export const PROTOCOL_ERROR = 0x82
export const RECEIVE_MAXIMUM_EXCEEDED = 0x93
export const PACKET_TOO_LARGE = 0x95
export const QUOTA_EXCEEDED = 0x97

/** A packet that cannot be read by the specification. */
export function malformed(what: string, clause: string): ProtocolViolation {
  return new ProtocolViolation(what, clause, MALFORMED_PACKET)
}

/** A packet that can be read, but must not be sent, or not now. */
export function protocolError(what: string, clause: string): ProtocolViolation {
  return new ProtocolViolation(what, clause, PROTOCOL_ERROR)
}
