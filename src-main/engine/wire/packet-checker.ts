import { ByteReader } from './byte-reader'
import { checkProperties } from './check-properties'
import { PACKET_NAMES, PacketType } from './packet-type'
import { checkReasonCode } from './reason-codes'
import { malformed, protocolError } from './violation'

/**
 * Checks the packets a server sends, before anything else sees them: all but PUBLISH, which `locatePublish` does where it
 * lies. What is right goes on untouched; what the specification forbids throws, and the connection ends.
 */
export class PacketChecker {
  #connected = false
  readonly #reader = new ByteReader(new Uint8Array(), 0)

  /** @param authenticates whether CONNECT named an authentication method */
  constructor(
    private readonly version: 4 | 5,
    private readonly authenticates: boolean,
  ) {}

  /** Whether a packet of this type may come now; to be asked once for each. @throws {ProtocolViolation} */
  checkOrder(type: number): void {
    if (!this.#connected && type !== PacketType.CONNACK && !(this.version === 5 && type === PacketType.AUTH)) {
      throw protocolError(`${nameOf(type)} before CONNACK`, 'MQTT-3.2.0-1')
    }
    if (this.#connected && type === PacketType.CONNACK) throw protocolError('a second CONNACK', 'MQTT-3.2.0-2')
    this.#connected ||= type === PacketType.CONNACK
  }

  /** The packet `bytes[start, end)`, which is no PUBLISH. @throws {ProtocolViolation} */
  check(bytes: Uint8Array, start: number, bodyStart: number, end: number): void {
    const first = bytes[start] ?? 0
    const type = first >> 4
    // [MQTT-2.1.3-1]
    if ((first & 0x0f) !== (type === PacketType.PUBREL ? 0b0010 : 0)) throw malformed(`${nameOf(type)} with wrong flags`, 'MQTT-2.1.3-1')
    this.#reader.reset(bytes, bodyStart, end)
    this.#checkBody(type, this.#reader)
  }

  #checkBody(type: number, reader: ByteReader): void {
    switch (type) {
      case PacketType.CONNACK:
        this.#checkConnack(reader)
        return
      case PacketType.PUBACK:
      case PacketType.PUBREC:
      case PacketType.PUBREL:
      case PacketType.PUBCOMP:
        packetIdentifier(reader)
        this.#checkReason(type, reader)
        return
      case PacketType.SUBACK:
      case PacketType.UNSUBACK:
        packetIdentifier(reader)
        if (this.version === 5) checkProperties(reader, type)
        if (reader.left === 0 && (type === PacketType.SUBACK || this.version === 5)) {
          throw malformed(`${nameOf(type)} without reason codes`, 'MQTT-3.8.4-6')
        }
        if (reader.left > 0 && type === PacketType.UNSUBACK && this.version === 4) {
          throw malformed('UNSUBACK is too long', 'MQTT-2.1.4')
        }
        this.#checkGrants(type, reader)
        return
      case PacketType.PINGRESP:
        if (reader.left > 0) throw malformed('PINGRESP with a body', 'MQTT-3.13.1')
        return
      case PacketType.DISCONNECT:
      case PacketType.AUTH:
        if (this.version === 4) throw protocolError(`${nameOf(type)} from a server of 3.1.1`, 'MQTT-3.14.0')
        if (type === PacketType.AUTH && !this.authenticates) {
          throw protocolError('AUTH, where CONNECT named no authentication method', 'MQTT-4.12.0-6')
        }
        this.#checkReason(type, reader)
        return
      default:
        throw protocolError(`${nameOf(type)} from a server`, 'MQTT-2.1.2')
    }
  }

  #checkGrants(type: number, reader: ByteReader): void {
    while (reader.left > 0) {
      const code = reader.byte('a reason code')
      if (this.version === 5) checkReasonCode(type, code)
      else if (code > 2 && code !== 0x80) throw malformed(`SUBACK with return code ${code}`, 'MQTT-3.9.3-2')
    }
  }

  /** A reason code and properties, both of which may be left out. */
  #checkReason(type: number, reader: ByteReader): void {
    if (this.version === 4) {
      if (reader.left > 0) throw malformed(`${nameOf(type)} is too long`, 'MQTT-2.1.4')
      return
    }
    // Left out, it is Success [3.4.2.1].
    checkReasonCode(type, reader.left > 0 ? reader.byte('the reason code') : 0)
    if (reader.left > 0) checkProperties(reader, type)
    if (reader.left > 0) throw malformed(`${nameOf(type)} is too long`, 'MQTT-2.1.4')
  }

  #checkConnack(reader: ByteReader): void {
    const acknowledgeFlags = reader.byte('Connect Acknowledge Flags')
    if (acknowledgeFlags > 1) throw malformed('CONNACK with reserved flags', 'MQTT-3.2.2-1')
    const code = reader.byte('the reason code')
    // [MQTT-3.2.2-6]
    if (code !== 0 && acknowledgeFlags !== 0) throw protocolError('Session Present in a refusal', 'MQTT-3.2.2-6')
    // A server of 3.1.1 refuses a CONNECT of 5.0 in its own, shorter form.
    if (this.version === 5 && reader.left > 0) checkProperties(reader, PacketType.CONNACK)
    if (reader.left > 0) throw malformed('CONNACK is too long', 'MQTT-2.1.4')
  }
}

function packetIdentifier(reader: ByteReader): number {
  const identifier = reader.twoBytes('the packet identifier')
  if (identifier === 0) throw malformed('packet identifier 0', 'MQTT-2.2.1-3')
  return identifier
}

function nameOf(type: number): string {
  return PACKET_NAMES[type] ?? `type ${type}`
}
